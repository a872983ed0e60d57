package io.gossip.swim;

/**
 * How long this node waits for answers, and how often it asks: by how long answers take, and longer
 * the less it can trust itself (Lifeguard's LHA-Probe, §III-A; ADR 12).
 */
final class ProbeTimes {

  private static final int CONNECT_TRIPS = 3;
  private static final int CONNECT_SHARE = 2;
  private static final long LAST_LOOK_NANOS = 500_000_000L;
  private static final long MAX_LAST_LOOK_NANOS = 2_000_000_000L;

  /** Where few accuse the member, and this node has reason to doubt itself. */
  private static final long UNCONFIRMED_LAST_LOOK_NANOS = 8_000_000_000L;

  private final SwimConfig config;
  private final MembershipList list;
  private final SuspicionTerms terms;
  private final Hearing hearing;
  private final LocalHealth health;
  private final RoundTrips roundTrips;

  ProbeTimes(
      SwimConfig config,
      MembershipList list,
      SuspicionTerms terms,
      Hearing hearing,
      LocalHealth health,
      RoundTrips roundTrips) {
    this.config = config;
    this.list = list;
    this.terms = terms;
    this.hearing = hearing;
    this.health = health;
    this.roundTrips = roundTrips;
  }

  /**
   * When the next period begins. Who doubts itself probes less often, until nobody has been heard
   * for so long that doubt is of no use: then in quick succession, for a verdict on each.
   */
  long nextPeriod(long now) {
    long interval = config.probeInterval().toNanos();
    if (isAlone(now)) {
      return now + interval / 2;
    }
    long next = now + health.scale(interval);
    return hearing.isDeaf(now)
        ? Math.min(next, Math.max(now + interval, hearing.holdEnds(list.activeCount())))
        : next;
  }

  /** How long the direct answer of a member may take before others are asked. */
  long direct(long now, Peer target) {
    long timeout = roundTrips.timeout(target);
    return isAlone(now) ? timeout : health.scale(timeout);
  }

  /** How long a probe of this kind lasts. */
  long window(long now, Probe.Kind kind, Peer target) {
    if (kind == Probe.Kind.LAST_LOOK) {
      return lastLook(now, target);
    }
    long interval = config.probeInterval().toNanos();
    return isAlone(now) ? interval : health.scale(interval);
  }

  private long lastLook(long now, Peer target) {
    if (isAlone(now)) {
      return LAST_LOOK_NANOS;
    }
    if (health.isPoor() && target.isUnconfirmed()) {
      return UNCONFIRMED_LAST_LOOK_NANOS;
    }
    long look =
        terms.isDoubtful(now)
            ? MAX_LAST_LOOK_NANOS
            : Math.min(MAX_LAST_LOOK_NANOS, health.scale(LAST_LOOK_NANOS));
    long twoTries = 2 * roundTrips.timeout(target);
    return Math.max(twoTries, look);
  }

  /**
   * How long the target's kernel has to take a connection within a probe that lasts so long. A host
   * that is there does so at once; the process behind it has the whole window.
   */
  long connect(long now, Peer target, long window) {
    return Math.max(CONNECT_TRIPS * direct(now, target), window / CONNECT_SHARE);
  }

  private boolean isAlone(long now) {
    return hearing.hasGivenUp(now, list.activeCount());
  }
}
