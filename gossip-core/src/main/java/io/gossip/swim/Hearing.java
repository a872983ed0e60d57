package io.gossip.swim;

/**
 * Whether this node can trust its own ears: a node that hears nobody, or that has just been paused,
 * accuses nobody.
 */
final class Hearing {

  private static final int SMALL_CLUSTER = 3;
  private static final int FULL_HOLD_CLUSTER = 5;

  private final boolean holds;
  private final boolean guardsPauses;
  private final long deafAfter;
  private final long fullHold;
  private final long pauseAfter;
  private final long grace;
  private long lastHeard;
  private long graceUntil = Long.MIN_VALUE;
  private long pausedAt = Long.MIN_VALUE;

  Hearing(SwimConfig config, long now) {
    long interval = config.probeInterval().toNanos();
    this.holds = config.has(Rule.DEAF_HOLD);
    this.guardsPauses = config.has(Rule.PAUSE_GUARD);
    this.deafAfter = interval + interval / 2;
    this.fullHold = config.deafHold().toNanos();
    this.pauseAfter = config.probeTimeout().toNanos() / 2;
    this.grace = interval;
    this.lastHeard = now;
  }

  /** A packet came from a member; returns whether this ended a deaf spell. */
  boolean heard(long now) {
    boolean wasDeaf = isDeaf(now);
    lastHeard = now;
    return wasDeaf && holds;
  }

  /** There is somebody to be heard from now on: the silence before says nothing. */
  void hasCompany(long now) {
    lastHeard = now;
  }

  boolean isDeaf(long now) {
    return now - lastHeard > deafAfter;
  }

  /** How long nobody has been heard. */
  long silence(long now) {
    return now - lastHeard;
  }

  /**
   * Whether verdicts are withheld because nobody is heard: for at most the hold time, so that the
   * last survivor of a cluster still notices. In clusters of up to three there is nearly no hold,
   * since the silence of one or two says little about one's own ears.
   */
  boolean holds(long now, int members) {
    return holds && isDeaf(now) && now < holdEnds(members);
  }

  /** Whether nobody has been heard for longer than verdicts are withheld: this node is alone. */
  boolean hasGivenUp(long now, int members) {
    return holds && isDeaf(now) && now >= holdEnds(members);
  }

  /** Until when verdicts are withheld if nobody is heard. */
  long holdEnds(int members) {
    long hold =
        members <= SMALL_CLUSTER ? 0 : members < FULL_HOLD_CLUSTER ? fullHold / 3 : fullHold;
    return lastHeard + deafAfter + hold;
  }

  /**
   * Whether something that was due at {@code due} and happens now shows that this process paused.
   * One pause shows once, however much is overdue after it.
   */
  boolean showsPause(long due, long now) {
    long since = Math.max(due, pausedAt);
    return guardsPauses && since < now && now - since > pauseAfter;
  }

  /** This process has paused: what it did not hear meanwhile says nothing. */
  void paused(long now) {
    pausedAt = now;
    lastHeard = now;
    graceUntil = now + grace;
  }

  /** Until when no suspicion may run out. */
  long graceUntil() {
    return graceUntil;
  }
}
