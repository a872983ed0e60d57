package io.gossip.swim;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sets single numbers of a {@link SwimConfig}; each method takes what the parameter of its name
 * says.
 */
public final class SwimConfigBuilder {
  private String cluster = "default";
  private Duration probeInterval = Duration.ofSeconds(1);
  private Duration probeTimeout = Duration.ofMillis(500);
  private Duration probeTimeoutFloor = Duration.ofMillis(50);
  private int relays = 3;
  private boolean streamPing = true;
  private int watchLinks = 3;
  private double suspicionMultiplier = 2;
  private double suspicionMaxMultiplier = 6;
  private int confirmations = 2;
  private Duration unresponsiveFloor = Duration.ofSeconds(10);
  private int maxLocalHealth = 7;
  private Duration deafHold = Duration.ofSeconds(30);
  private double deathShare = 0.2;
  private Duration partitionHold = Duration.ofMinutes(5);
  private Duration gossipInterval = Duration.ofMillis(200);
  private Duration eagerInterval = Duration.ofMillis(20);
  private int eagerRounds = 50;
  private int fanout = 3;
  private double crossZoneShare = 0.25;
  private int retransmitMultiplier = 4;
  private GossipMode mode = GossipMode.PUSH_PULL;
  private int maxPacketSize = 1400;
  private int datagramOverhead = 0;
  private int frameOverhead = 4;
  private int bandwidth = 40_000;
  private Duration syncInterval = Duration.ofMillis(500);
  private Duration reconnectInterval = Duration.ofSeconds(10);
  private Duration joinTimeout = Duration.ofSeconds(5);
  private Duration joinRetryInitial = Duration.ofMillis(500);
  private Duration joinRetryMax = Duration.ofSeconds(30);
  private int maxJoins = 64;
  private Duration leaveTimeout = Duration.ofSeconds(3);
  private Duration departedRetention = Duration.ofHours(1);
  private Duration tombstoneRetention = Duration.ofHours(24);
  private int trailLength = 8;
  private int maxMembers = 20_000;
  private int maxTombstones = 20_000;
  private final Set<Rule> rules;

  SwimConfigBuilder() {
    rules = EnumSet.allOf(Rule.class);
  }

  SwimConfigBuilder(SwimConfig config) {
    cluster = config.cluster();
    probeInterval = config.probeInterval();
    probeTimeout = config.probeTimeout();
    probeTimeoutFloor = config.probeTimeoutFloor();
    relays = config.relays();
    streamPing = config.streamPing();
    watchLinks = config.watchLinks();
    suspicionMultiplier = config.suspicionMultiplier();
    suspicionMaxMultiplier = config.suspicionMaxMultiplier();
    confirmations = config.confirmations();
    unresponsiveFloor = config.unresponsiveFloor();
    maxLocalHealth = config.maxLocalHealth();
    deafHold = config.deafHold();
    deathShare = config.deathShare();
    partitionHold = config.partitionHold();
    gossipInterval = config.gossipInterval();
    eagerInterval = config.eagerInterval();
    eagerRounds = config.eagerRounds();
    fanout = config.fanout();
    crossZoneShare = config.crossZoneShare();
    retransmitMultiplier = config.retransmitMultiplier();
    mode = config.mode();
    maxPacketSize = config.maxPacketSize();
    datagramOverhead = config.datagramOverhead();
    frameOverhead = config.frameOverhead();
    bandwidth = config.bandwidth();
    syncInterval = config.syncInterval();
    reconnectInterval = config.reconnectInterval();
    joinTimeout = config.joinTimeout();
    joinRetryInitial = config.joinRetryInitial();
    joinRetryMax = config.joinRetryMax();
    maxJoins = config.maxJoins();
    leaveTimeout = config.leaveTimeout();
    departedRetention = config.departedRetention();
    tombstoneRetention = config.tombstoneRetention();
    trailLength = config.trailLength();
    maxMembers = config.maxMembers();
    maxTombstones = config.maxTombstones();
    rules = EnumSet.noneOf(Rule.class);
    rules.addAll(config.rules());
  }

  /** See {@link SwimConfig#cluster()}. */
  public SwimConfigBuilder cluster(String value) {
    cluster = value;
    return this;
  }

  /** See {@link SwimConfig#probeInterval()}. */
  public SwimConfigBuilder probeInterval(Duration value) {
    probeInterval = value;
    return this;
  }

  /** See {@link SwimConfig#probeTimeout()}. */
  public SwimConfigBuilder probeTimeout(Duration value) {
    probeTimeout = value;
    return this;
  }

  /** See {@link SwimConfig#probeTimeoutFloor()}. */
  public SwimConfigBuilder probeTimeoutFloor(Duration value) {
    probeTimeoutFloor = value;
    return this;
  }

  /** See {@link SwimConfig#relays()}. */
  public SwimConfigBuilder relays(int value) {
    relays = value;
    return this;
  }

  /** See {@link SwimConfig#streamPing()}. */
  public SwimConfigBuilder streamPing(boolean value) {
    streamPing = value;
    return this;
  }

  /** See {@link SwimConfig#watchLinks()}. */
  public SwimConfigBuilder watchLinks(int value) {
    watchLinks = value;
    return this;
  }

  /** See {@link SwimConfig#suspicionMultiplier()}. */
  public SwimConfigBuilder suspicionMultiplier(double value) {
    suspicionMultiplier = value;
    return this;
  }

  /** See {@link SwimConfig#suspicionMaxMultiplier()}. */
  public SwimConfigBuilder suspicionMaxMultiplier(double value) {
    suspicionMaxMultiplier = value;
    return this;
  }

  /** See {@link SwimConfig#confirmations()}. */
  public SwimConfigBuilder confirmations(int value) {
    confirmations = value;
    return this;
  }

  /** See {@link SwimConfig#unresponsiveFloor()}. */
  public SwimConfigBuilder unresponsiveFloor(Duration value) {
    unresponsiveFloor = value;
    return this;
  }

  /** See {@link SwimConfig#maxLocalHealth()}. */
  public SwimConfigBuilder maxLocalHealth(int value) {
    maxLocalHealth = value;
    return this;
  }

  /** See {@link SwimConfig#deafHold()}. */
  public SwimConfigBuilder deafHold(Duration value) {
    deafHold = value;
    return this;
  }

  /** See {@link SwimConfig#deathShare()}. */
  public SwimConfigBuilder deathShare(double value) {
    deathShare = value;
    return this;
  }

  /** See {@link SwimConfig#partitionHold()}. */
  public SwimConfigBuilder partitionHold(Duration value) {
    partitionHold = value;
    return this;
  }

  /** See {@link SwimConfig#gossipInterval()}. */
  public SwimConfigBuilder gossipInterval(Duration value) {
    gossipInterval = value;
    return this;
  }

  /** See {@link SwimConfig#eagerInterval()}. */
  public SwimConfigBuilder eagerInterval(Duration value) {
    eagerInterval = value;
    return this;
  }

  /** See {@link SwimConfig#eagerRounds()}. */
  public SwimConfigBuilder eagerRounds(int value) {
    eagerRounds = value;
    return this;
  }

  /** See {@link SwimConfig#fanout()}. */
  public SwimConfigBuilder fanout(int value) {
    fanout = value;
    return this;
  }

  /** See {@link SwimConfig#crossZoneShare()}. */
  public SwimConfigBuilder crossZoneShare(double value) {
    crossZoneShare = value;
    return this;
  }

  /** See {@link SwimConfig#retransmitMultiplier()}. */
  public SwimConfigBuilder retransmitMultiplier(int value) {
    retransmitMultiplier = value;
    return this;
  }

  /** See {@link SwimConfig#mode()}. */
  public SwimConfigBuilder mode(GossipMode value) {
    mode = value;
    return this;
  }

  /** See {@link SwimConfig#maxPacketSize()}. */
  public SwimConfigBuilder maxPacketSize(int value) {
    maxPacketSize = value;
    return this;
  }

  /** See {@link SwimConfig#datagramOverhead()}. */
  public SwimConfigBuilder datagramOverhead(int value) {
    datagramOverhead = value;
    return this;
  }

  /** See {@link SwimConfig#frameOverhead()}. */
  public SwimConfigBuilder frameOverhead(int value) {
    frameOverhead = value;
    return this;
  }

  /** See {@link SwimConfig#bandwidth()}. */
  public SwimConfigBuilder bandwidth(int value) {
    bandwidth = value;
    return this;
  }

  /** See {@link SwimConfig#syncInterval()}. */
  public SwimConfigBuilder syncInterval(Duration value) {
    syncInterval = value;
    return this;
  }

  /** See {@link SwimConfig#reconnectInterval()}. */
  public SwimConfigBuilder reconnectInterval(Duration value) {
    reconnectInterval = value;
    return this;
  }

  /** See {@link SwimConfig#joinTimeout()}. */
  public SwimConfigBuilder joinTimeout(Duration value) {
    joinTimeout = value;
    return this;
  }

  /** See {@link SwimConfig#joinRetryInitial()}. */
  public SwimConfigBuilder joinRetryInitial(Duration value) {
    joinRetryInitial = value;
    return this;
  }

  /** See {@link SwimConfig#joinRetryMax()}. */
  public SwimConfigBuilder joinRetryMax(Duration value) {
    joinRetryMax = value;
    return this;
  }

  /** See {@link SwimConfig#maxJoins()}. */
  public SwimConfigBuilder maxJoins(int value) {
    maxJoins = value;
    return this;
  }

  /** See {@link SwimConfig#leaveTimeout()}. */
  public SwimConfigBuilder leaveTimeout(Duration value) {
    leaveTimeout = value;
    return this;
  }

  /** See {@link SwimConfig#departedRetention()}. */
  public SwimConfigBuilder departedRetention(Duration value) {
    departedRetention = value;
    return this;
  }

  /** See {@link SwimConfig#tombstoneRetention()}. */
  public SwimConfigBuilder tombstoneRetention(Duration value) {
    tombstoneRetention = value;
    return this;
  }

  /** See {@link SwimConfig#trailLength()}. */
  public SwimConfigBuilder trailLength(int value) {
    trailLength = value;
    return this;
  }

  /** See {@link SwimConfig#maxMembers()}. */
  public SwimConfigBuilder maxMembers(int value) {
    maxMembers = value;
    return this;
  }

  /** See {@link SwimConfig#maxTombstones()}. */
  public SwimConfigBuilder maxTombstones(int value) {
    maxTombstones = value;
    return this;
  }

  /** Switches these rules off; see {@link SwimConfig#rules()}. */
  public SwimConfigBuilder without(Rule... values) {
    rules.removeAll(List.of(values));
    return this;
  }

  /** Switches all rules off but these; see {@link SwimConfig#rules()}. */
  public SwimConfigBuilder only(Rule... values) {
    rules.clear();
    rules.addAll(List.of(values));
    return this;
  }

  /**
   * The numbers.
   *
   * @throws IllegalArgumentException if one cannot be, see {@link SwimConfig}
   */
  public SwimConfig build() {
    return new SwimConfig(
        cluster,
        probeInterval,
        probeTimeout,
        probeTimeoutFloor,
        relays,
        streamPing,
        watchLinks,
        suspicionMultiplier,
        suspicionMaxMultiplier,
        confirmations,
        unresponsiveFloor,
        maxLocalHealth,
        deafHold,
        deathShare,
        partitionHold,
        gossipInterval,
        eagerInterval,
        eagerRounds,
        fanout,
        crossZoneShare,
        retransmitMultiplier,
        mode,
        maxPacketSize,
        datagramOverhead,
        frameOverhead,
        bandwidth,
        syncInterval,
        reconnectInterval,
        joinTimeout,
        joinRetryInitial,
        joinRetryMax,
        maxJoins,
        leaveTimeout,
        departedRetention,
        tombstoneRetention,
        trailLength,
        maxMembers,
        maxTombstones,
        rules);
  }
}
