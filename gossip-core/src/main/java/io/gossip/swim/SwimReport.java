package io.gossip.swim;

import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine's account of itself, for people: built on request, too costly for each packet.
 *
 * @param phase where it is in its life
 * @param localHealth Lifeguard's score; 0 is healthy
 * @param rumors updates waiting to be told
 * @param agreeing share of the members heard of late that had the same view, 0 to 1; 1 when none
 *     was heard
 * @param watched members that this node watches over streams, and would learn of at once if their
 *     processes ended
 * @param toWatch how many it should watch so
 * @param unreachableZones zones and regions that are cut off, by name
 * @param narrowPaths members that were found to get small datagrams and no large ones
 * @param seeds what is known of each seed, in the order configured
 * @param members what is known of each active and departed member, ordered by id
 * @param convergence how far views agree, and how own updates get about
 * @param lastMinute what happened of late
 */
public record SwimReport(
    Phase phase,
    int localHealth,
    int rumors,
    double agreeing,
    int watched,
    int toWatch,
    List<String> unreachableZones,
    int narrowPaths,
    List<SeedReport> seeds,
    List<MemberReport> members,
    Convergence convergence,
    LastMinute lastMinute) {

  /** Where a state machine is in its life. */
  public enum Phase {
    /** Has no seeds, or has not tried them; hears nobody yet. */
    ALONE,
    /** Tries its seeds; none has taken it in yet. */
    JOINING,
    /** Is one of at least two. */
    JOINED,
    /** Heard others once and hears nobody now, or most of them are under suspicion. */
    ISOLATED,
    /** Another live process bears its name; it is silent. */
    CONFLICT,
    /** Has told the others that it leaves. */
    LEAVING,
    /** All it could reach know that it left. */
    LEFT
  }

  /**
   * A seed.
   *
   * @param seed as configured
   * @param resolved its addresses at the last look-up
   * @param reachable whether the last attempt was answered; {@code null} before the first
   * @param lastContact time since it last answered; {@code null} if never
   * @param problem why the last attempt failed, for a person; {@code null} if it did not
   */
  public record SeedReport(
      Seed seed,
      List<InetSocketAddress> resolved,
      @Nullable Boolean reachable,
      @Nullable Duration lastContact,
      @Nullable String problem) {}

  /**
   * A member.
   *
   * @param since time since it has this status here
   * @param lastHeard time since it was last heard directly; {@code null} if never
   * @param roundTrip smoothed round-trip time; {@code null} if not measured
   * @param accusations who suspects it, and why
   * @param health the local health score that it last told this node, 0 is healthy; -1 if none
   */
  public record MemberReport(
      Member member,
      Duration since,
      @Nullable Duration lastHeard,
      @Nullable Duration roundTrip,
      List<Accusation> accusations,
      int health) {}

  /**
   * How far the views agree, and how this node's own updates get about. The lags are found without
   * a common clock, from what members that answer a ping say they hold (docs/observability).
   *
   * @param heard members heard directly within the last ten protocol periods
   * @param agreeing how many of these had the same view
   * @param update version of this node's state at its last change
   * @param sinceUpdate time since that change; {@code null} if there was none
   * @param sampled members that have shown since whether they hold it
   * @param holding how many of these did when they last showed it
   * @param lag50 time after a change from which on half of the samples show it, which fade with a
   *     half-life of ten minutes: a power of two in milliseconds, where 131,072 stands for all
   *     above 65,536; {@code null} until there are 10 samples that are not later than four times
   *     that
   * @param lag99 the same for 99 of 100; {@code null} until there are 100 samples besides
   * @param residue share of the samples that lack a change though it has been told as often as it
   *     ever will be, so that repair has to bring it; {@link Double#NaN} until there are samples
   * @param rounds rounds of gossip in which this node told a change, on average; {@link Double#NaN}
   *     before the first
   * @param hops members that an update had come through when it reached this node, on average;
   *     {@link Double#NaN} before the first
   * @param mostHops the most of them
   */
  public record Convergence(
      int heard,
      int agreeing,
      long update,
      @Nullable Duration sinceUpdate,
      int sampled,
      int holding,
      @Nullable Duration lag50,
      @Nullable Duration lag99,
      double residue,
      double rounds,
      double hops,
      int mostHops) {}

  /**
   * What was counted within the last minute, or since the start if that is shorter.
   *
   * @param span how long it was, up to 65 s
   * @param bytesSent bytes sent, over UDP and TCP
   * @param bytesReceived bytes received
   * @param packetsSent datagrams and frames sent
   * @param packetsReceived datagrams and frames received
   * @param suspicions suspicions raised by this node
   * @param falseSuspicions suspicions, of anybody, that were refuted
   * @param deaths members declared dead by this node
   * @param falseDeaths members that came back from the dead in the same life
   * @param refutations accusations of this node that it refuted
   */
  public record LastMinute(
      Duration span,
      long bytesSent,
      long bytesReceived,
      long packetsSent,
      long packetsReceived,
      long suspicions,
      long falseSuspicions,
      long deaths,
      long falseDeaths,
      long refutations) {}
}
