package io.gossip.spring.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint tells about the node and its cluster.
 *
 * @param cluster name of the cluster
 * @param self this node's name
 * @param state where it is in its life
 * @param protocolVersion newest wire version it speaks
 * @param viewVersion version of its view
 * @param agreeing share of the members heard lately that have the same view, 0 to 1
 * @param local this node
 * @param security what protects it, and what it refused
 * @param seeds the seeds, as configured
 * @param counts members by status
 * @param zones members by zone and status, ordered by zone, at most {@value #MAX_GROUPS}
 * @param unreachableZones zones and regions that are cut off from this node, at most {@value
 *     #MAX_GROUPS}
 * @param members those asked for, ordered by name, as many as were asked for
 * @param services number of instances that can be called, by service, at most {@value #MAX_GROUPS}
 * @param omitted how many more there are
 * @param convergence how far views agree, and how own updates get about
 * @param lastMinute what happened of late
 */
public record GossipDescriptor(
    String cluster,
    String self,
    String state,
    int protocolVersion,
    long viewVersion,
    double agreeing,
    Local local,
    Security security,
    List<Seed> seeds,
    Counts counts,
    List<Zone> zones,
    List<String> unreachableZones,
    List<Member> members,
    Map<String, Integer> services,
    Omitted omitted,
    Convergence convergence,
    LastMinute lastMinute)
    implements OperationResponseBody {

  /** Zones and services that are listed: their names come from the network. */
  static final int MAX_GROUPS = 200;

  /**
   * How far the views agree, and how this node's own updates get about. docs/observability says how
   * each is found.
   *
   * @param heard members heard directly of late
   * @param agreeing how many of these had the same view
   * @param updateVersion version of this node's state at its last change
   * @param updatedAt when that was; {@code null} if never
   * @param sampled members that have shown since whether they hold it
   * @param holding how many of these do
   * @param lag50Millis time until half of the samples show a change, at most; {@code null} before
   *     10 samples
   * @param lag99Millis time until 99 of 100 do, at most; {@code null} before 100 samples
   * @param residue share of the samples that lack a change that is told no more
   * @param rounds rounds of gossip in which a change was told
   * @param hops members that an update had come through, on average
   * @param mostHops the most of them
   */
  public record Convergence(
      int heard,
      int agreeing,
      long updateVersion,
      @Nullable Instant updatedAt,
      int sampled,
      int holding,
      @Nullable Double lag50Millis,
      @Nullable Double lag99Millis,
      @Nullable Double residue,
      @Nullable Double rounds,
      @Nullable Double hops,
      int mostHops) {}

  /**
   * What was counted within the last minute.
   *
   * @param seconds how long it was, up to 65 s
   * @param bytesSentPerSecond bytes sent, over UDP and TCP
   * @param bytesReceivedPerSecond bytes received
   * @param packetsSentPerSecond datagrams and frames sent
   * @param packetsReceivedPerSecond datagrams and frames received
   * @param suspicions suspicions raised by this node
   * @param falseSuspicions suspicions, of anybody, that were refuted
   * @param deaths members declared dead by this node
   * @param falseDeaths members that came back from the dead in the same life
   * @param refutations accusations of this node that it refuted
   */
  public record LastMinute(
      double seconds,
      double bytesSentPerSecond,
      double bytesReceivedPerSecond,
      double packetsSentPerSecond,
      double packetsReceivedPerSecond,
      long suspicions,
      long falseSuspicions,
      long deaths,
      long falseDeaths,
      long refutations) {}

  /**
   * One entry of a member's evidence trail.
   *
   * @param at when
   * @param step what happened
   * @param by whose word it is
   * @param evidence what an accuser found; {@code null} where it is no accusation
   * @param accuserHealth local health score of who said it; {@code null} if not known
   * @param memberHealth local health score of the member; {@code null} if not known
   * @param rttMillis smoothed round-trip time then; {@code null} if never measured
   * @param timerMillis how long the suspicion was to last; of a probe or a last look that failed,
   *     how long that took; {@code null} where there was neither
   * @param detail the rest in words
   */
  public record Trail(
      Instant at,
      String step,
      String by,
      @Nullable String evidence,
      @Nullable Integer accuserHealth,
      @Nullable Integer memberHealth,
      @Nullable Double rttMillis,
      @Nullable Double timerMillis,
      String detail) {}

  /**
   * This node.
   *
   * @param address what it tells others to call
   * @param bound where it listens
   * @param addressSource how the address was chosen
   * @param incarnation how often it has refuted
   * @param localHealthScore Lifeguard's score; 0 is healthy
   * @param watchLinks members that it watches over TCP connections, of how many there should be
   * @param status of its service; {@code null} if it offers none
   * @param statusOverride the operator's word in force
   * @param transport what carries the packets
   * @param encrypted whether packets are encrypted
   */
  public record Local(
      String address,
      String bound,
      String addressSource,
      long incarnation,
      int localHealthScore,
      String watchLinks,
      @Nullable String status,
      @Nullable String statusOverride,
      String transport,
      boolean encrypted) {}

  /**
   * What protects the node, and what it refused.
   *
   * @param keys ids of the keys it holds, the one that packets are encrypted with first
   * @param verifyIncoming whether packets that are not encrypted are refused
   * @param verifyOutgoing whether own packets are encrypted
   * @param tls whether streams have TLS
   * @param certificateNotAfter until when the certificate shown on them is valid; {@code null} if
   *     there is none
   * @param signing the first 8 digits of the key that the node signs with; {@code null} if it does
   *     not
   * @param refused packets and streams refused, by reason; those of 0 are left out
   * @param offenders sources that were refused lately, the latest first, at most 32
   */
  public record Security(
      List<String> keys,
      boolean verifyIncoming,
      boolean verifyOutgoing,
      boolean tls,
      @Nullable String signing,
      @Nullable Instant certificateNotAfter,
      Map<String, Long> refused,
      List<Offender> offenders) {}

  /**
   * A source that was refused.
   *
   * @param source its address
   * @param reason why
   * @param detail what else is known; {@code null} if nothing is
   * @param count how often
   * @param last the latest time
   */
  public record Offender(
      String source, String reason, @Nullable String detail, long count, Instant last) {}

  /**
   * A seed.
   *
   * @param configured as configured
   * @param resolved its addresses at the last look-up
   * @param lastContact when it last answered
   * @param reachable whether the last attempt was answered
   * @param problem why it was not
   */
  public record Seed(
      String configured,
      List<String> resolved,
      @Nullable Instant lastContact,
      @Nullable Boolean reachable,
      @Nullable String problem) {}

  /**
   * Members by status.
   *
   * @param alive answer
   * @param suspect found silent
   * @param left went on purpose
   * @param failed declared dead
   */
  public record Counts(int alive, int suspect, int left, int failed) {}

  /**
   * The members of a zone by status.
   *
   * @param zone its name; {@code null} for the members that are in none
   * @param counts its members
   */
  public record Zone(@Nullable String zone, Counts counts) {}

  /**
   * What is not listed because there is too much of it.
   *
   * @param members that were asked for
   * @param zones zones
   * @param services services
   */
  public record Omitted(int members, int zones, int services) {}

  /**
   * A member.
   *
   * @param nodeId its name
   * @param address where it listens
   * @param zone failure domain it is in; {@code null} for none
   * @param state how it stands
   * @param status of its service
   * @param generation start of its process
   * @param incarnation how often it has refuted
   * @param since when it came to stand so
   * @param lastSeen when it was last heard directly
   * @param rttMillis smoothed round-trip time
   * @param keys ids of the keys it says it holds, the one that its packets are encrypted with first
   * @param suspectedBy who suspects it, and why
   * @param accusers the names of those who do
   * @param localHealthScore the score that it last told this node; {@code null} if none
   * @param trail what spoke for and against it, the latest last; {@code null} in a list of members
   * @param flapScore how unsteady it has been of late; {@code null} if it has not
   * @param dampedUntil until when it is called last if it comes and goes no more; {@code null} if
   *     it is not
   * @param quarantinedUntil until when calls of this application avoid it because one could not
   *     reach it; {@code null} if they do not
   * @param service what it offers
   */
  public record Member(
      String nodeId,
      String address,
      @Nullable String zone,
      String state,
      @Nullable String status,
      Instant generation,
      long incarnation,
      @Nullable Instant since,
      @Nullable Instant lastSeen,
      @Nullable Double rttMillis,
      List<String> keys,
      List<String> suspectedBy,
      List<String> accusers,
      @Nullable Integer localHealthScore,
      @Nullable List<Trail> trail,
      @Nullable Long flapScore,
      @Nullable Instant dampedUntil,
      @Nullable Instant quarantinedUntil,
      @Nullable Service service)
      implements OperationResponseBody {}

  /**
   * What a member offers.
   *
   * @param id name of the service
   * @param instanceId name of the instance
   * @param uri where to call it; {@code null} without a port
   * @param zone the member's
   * @param weight share of the calls
   * @param version of the application
   * @param ports further ports
   * @param metadata anything else
   */
  public record Service(
      String id,
      String instanceId,
      @Nullable String uri,
      @Nullable String zone,
      int weight,
      @Nullable String version,
      Map<String, Integer> ports,
      Map<String, String> metadata) {}
}
