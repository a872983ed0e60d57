package io.gossip.swim;

import io.gossip.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every number the state machine goes by, with its default and where it comes from. Immutable.
 *
 * <p>Defaults are memberlist's LAN profile unless said otherwise; {@link #local()} and {@link
 * #wan()} differ where their Javadoc says.
 *
 * @param cluster name of the cluster; packets of another are dropped; 1 to 128 bytes; {@code
 *     default}
 * @param probeInterval the protocol period: one member is probed in each; 1 s (SWIM §3.1)
 * @param probeTimeout longest wait for a direct answer before relays and TCP are tried; 500 ms
 * @param probeTimeoutFloor shortest such wait, where the estimate SRTT + 4·RTTVAR (RFC 6298) is
 *     lower; 50 ms (ours)
 * @param relays members asked to probe a silent one; 3 (SWIM's k)
 * @param streamPing whether a silent member is also tried over TCP; true
 * @param watchLinks members, the next on the ring of handles, that this node keeps a stream to, so
 *     that it learns at once when their processes end; 0 for none; 3 (ours)
 * @param suspicionMultiplier α: the shortest suspicion is α · max(1, log10 n) · probeInterval; 2
 *     (ours; memberlist has 4)
 * @param suspicionMaxMultiplier β: the longest suspicion is β times the shortest; 6 (Lifeguard)
 * @param confirmations independent accusers that shrink a suspicion to its shortest; 2
 *     (memberlist's SuspicionMult − 2)
 * @param unresponsiveFloor the least a suspicion lasts when the member's host accepts connections;
 *     10 s (ours)
 * @param maxLocalHealth highest local health score; 7 (memberlist's AwarenessMaxMultiplier − 1)
 * @param deafHold longest time for which a node that hears nobody withholds its verdicts, in a
 *     cluster of 5 and more; 30 s (ours)
 * @param deathShare share of the cluster that one node may declare dead by itself within five probe
 *     intervals without crash evidence, at least 2 members; 0.2 (ours)
 * @param partitionHold longest time for which members of a zone or region that is cut off as a
 *     whole stay suspects and are not declared dead; 0 for not at all; 5 min (ours)
 * @param gossipInterval time between rounds of gossip while there is news; 200 ms
 * @param eagerInterval time between rounds while there is urgent news; 20 ms (ours)
 * @param eagerRounds eager rounds a node may make in a burst; they come back at one per
 *     gossipInterval; 50 (ours)
 * @param fanout members told in one round; 3
 * @param crossZoneShare share of the members told in a round that are of other zones than this
 *     node, where there are others and it has a zone; 0.25 (ours)
 * @param retransmitMultiplier λ: an update is sent λ · ⌈log10(n + 1)⌉ times; 4
 * @param mode whether news is pushed, pulled or both; push-pull
 * @param maxPacketSize budget of a datagram in bytes, everything included, {@code datagramOverhead}
 *     as well; 1,400
 * @param datagramOverhead bytes that whoever sends the datagrams adds to each, as for a seal; 0
 * @param frameOverhead bytes that whoever writes the frames adds to each: its length, and what
 *     encryption takes; 4
 * @param bandwidth bytes per second that a node sends on average, overheads included, with bursts
 *     of a fifth of it; probes, acks and frames are never held back, all else waits for what they
 *     took; 40,000 (ours)
 * @param syncInterval least time between two repairs begun by a node, and how long its view must
 *     have been still before; 500 ms (ours)
 * @param reconnectInterval mean time between attempts of the whole cluster, per failed member, to
 *     reach it again; 10 s (Serf has 30 s)
 * @param joinTimeout time one attempt at one seed may take; 5 s
 * @param joinRetryInitial first pause after a round of attempts that reached nobody; 500 ms
 * @param joinRetryMax longest such pause; pauses double and are jittered; 30 s
 * @param maxJoins joiners a seed serves at a time; more are sent to others; 64 (ours)
 * @param leaveTimeout longest time a leaving node waits for the others to know; 3 s
 * @param departedRetention how long members that failed or left are shown and tried again; 1 h
 * @param tombstoneRetention how long the end of a member is remembered, so that old news does not
 *     bring it back; 24 h
 * @param trailLength clues kept about each member that is accused, for people; 0 for none; 8
 * @param maxMembers members a view may hold; 20,000
 * @param maxTombstones ends remembered at a time; 20,000
 * @param rules which rules beyond plain SWIM the failure detector goes by; all; meant for
 *     experiments
 */
public record SwimConfig(
    String cluster,
    Duration probeInterval,
    Duration probeTimeout,
    Duration probeTimeoutFloor,
    int relays,
    boolean streamPing,
    int watchLinks,
    double suspicionMultiplier,
    double suspicionMaxMultiplier,
    int confirmations,
    Duration unresponsiveFloor,
    int maxLocalHealth,
    Duration deafHold,
    double deathShare,
    Duration partitionHold,
    Duration gossipInterval,
    Duration eagerInterval,
    int eagerRounds,
    int fanout,
    double crossZoneShare,
    int retransmitMultiplier,
    GossipMode mode,
    int maxPacketSize,
    int datagramOverhead,
    int frameOverhead,
    int bandwidth,
    Duration syncInterval,
    Duration reconnectInterval,
    Duration joinTimeout,
    Duration joinRetryInitial,
    Duration joinRetryMax,
    int maxJoins,
    Duration leaveTimeout,
    Duration departedRetention,
    Duration tombstoneRetention,
    int trailLength,
    int maxMembers,
    int maxTombstones,
    Set<Rule> rules) {

  /**
   * Checks every number and how they go together.
   *
   * @throws IllegalArgumentException naming the first setting that cannot be, its value and the
   *     rule
   */
  public SwimConfig {
    int clusterBytes = cluster.getBytes(StandardCharsets.UTF_8).length;
    check(
        clusterBytes >= 1 && clusterBytes <= Limits.CLUSTER_BYTES,
        "cluster",
        cluster,
        "have 1 to " + Limits.CLUSTER_BYTES + " bytes");
    positive("probeTimeoutFloor", probeTimeoutFloor);
    check(
        probeTimeout.compareTo(probeTimeoutFloor) >= 0,
        "probeTimeout",
        probeTimeout,
        "be at least probeTimeoutFloor (" + probeTimeoutFloor + ")");
    check(
        probeInterval.compareTo(probeTimeout) > 0,
        "probeInterval",
        probeInterval,
        "exceed probeTimeout (" + probeTimeout + ")");
    between("relays", relays, 0, 16);
    between("watchLinks", watchLinks, 0, 8);
    check(suspicionMultiplier >= 1, "suspicionMultiplier", suspicionMultiplier, "be at least 1");
    check(
        suspicionMaxMultiplier >= 1,
        "suspicionMaxMultiplier",
        suspicionMaxMultiplier,
        "be at least 1");
    between("confirmations", confirmations, 0, Limits.CHARGES - 1);
    notNegative("unresponsiveFloor", unresponsiveFloor);
    between("maxLocalHealth", maxLocalHealth, 0, 100);
    notNegative("deafHold", deafHold);
    check(deathShare > 0 && deathShare <= 1, "deathShare", deathShare, "be above 0 and at most 1");
    notNegative("partitionHold", partitionHold);
    positive("eagerInterval", eagerInterval);
    check(
        gossipInterval.compareTo(eagerInterval) >= 0,
        "gossipInterval",
        gossipInterval,
        "be at least eagerInterval (" + eagerInterval + ")");
    between("eagerRounds", eagerRounds, 0, 10_000);
    between("fanout", fanout, 1, 32);
    check(
        crossZoneShare > 0 && crossZoneShare <= 1,
        "crossZoneShare",
        crossZoneShare,
        "be above 0 and at most 1");
    between("retransmitMultiplier", retransmitMultiplier, 1, 32);
    between("datagramOverhead", datagramOverhead, 0, 256);
    between("frameOverhead", frameOverhead, 0, 256);
    between("maxPacketSize", maxPacketSize, Limits.MIN_DATAGRAM_BYTES + datagramOverhead, 65_000);
    between("bandwidth", bandwidth, 4 * Limits.MIN_DATAGRAM_BYTES, Integer.MAX_VALUE);
    positive("syncInterval", syncInterval);
    positive("reconnectInterval", reconnectInterval);
    positive("joinTimeout", joinTimeout);
    positive("joinRetryInitial", joinRetryInitial);
    check(
        joinRetryMax.compareTo(joinRetryInitial) >= 0,
        "joinRetryMax",
        joinRetryMax,
        "be at least joinRetryInitial (" + joinRetryInitial + ")");
    between("maxJoins", maxJoins, 1, 1_000);
    notNegative("leaveTimeout", leaveTimeout);
    positive("departedRetention", departedRetention);
    check(
        tombstoneRetention.compareTo(departedRetention) >= 0,
        "tombstoneRetention",
        tombstoneRetention,
        "be at least departedRetention (" + departedRetention + ")");
    between("trailLength", trailLength, 0, 1_000);
    between("maxMembers", maxMembers, 2, 1_000_000);
    between("maxTombstones", maxTombstones, 16, 1_000_000);
    EnumSet<Rule> copy = EnumSet.noneOf(Rule.class);
    copy.addAll(rules);
    rules = Collections.unmodifiableSet(copy);
  }

  /** For members on one data-centre network. */
  public static SwimConfig lan() {
    return new SwimConfigBuilder().build();
  }

  /**
   * For members on one machine: probeTimeout 200 ms, gossipInterval 100 ms (memberlist's local
   * profile).
   */
  public static SwimConfig local() {
    return lan().toBuilder()
        .probeTimeout(Duration.ofMillis(200))
        .gossipInterval(Duration.ofMillis(100))
        .build();
  }

  /**
   * For members across the internet: probeInterval 5 s, probeTimeout 3 s, suspicionMultiplier 3,
   * gossipInterval 500 ms, fanout 4 (memberlist's WAN profile; its suspicion multiplier is 6).
   */
  public static SwimConfig wan() {
    return lan().toBuilder()
        .probeInterval(Duration.ofSeconds(5))
        .probeTimeout(Duration.ofSeconds(3))
        .suspicionMultiplier(3)
        .gossipInterval(Duration.ofMillis(500))
        .fanout(4)
        .build();
  }

  /** What a packet may take, in bytes. */
  int packetBytes() {
    return maxPacketSize - datagramOverhead;
  }

  /** Whether the failure detector goes by this rule. */
  boolean has(Rule rule) {
    return rules.contains(rule);
  }

  /** A builder that starts from these numbers. */
  public SwimConfigBuilder toBuilder() {
    return new SwimConfigBuilder(this);
  }

  private static void check(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must " + rule + ", but was " + value);
    }
  }

  private static void between(String name, int value, int min, int max) {
    check(value >= min && value <= max, name, value, "be " + min + " to " + max);
  }

  private static void positive(String name, Duration value) {
    check(!value.isNegative() && !value.isZero(), name, value, "be longer than 0");
  }

  private static void notNegative(String name, Duration value) {
    check(!value.isNegative(), name, value, "not be negative");
  }
}
