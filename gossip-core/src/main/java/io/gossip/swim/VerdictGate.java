package io.gossip.swim;

import io.gossip.swim.Clue.Note;
import io.gossip.swim.SwimStats.Counter;

/**
 * Whether a suspicion that has run out may become a verdict now, and if not, how long it has to
 * wait: for input that may refute it, for this node's own ears, for the storm to pass, or for those
 * who found the member silent themselves and so look first.
 */
final class VerdictGate {

  private static final long DRAIN_RETRY = 20_000_000L;
  private static final long STORM_RETRY = 500_000_000L;
  private static final long STORM_NANOS = 5_000_000_000L;
  private static final int MOST_LAST_LOOKS = 6;
  private static final long LOOK_RETRY = 50_000_000L;
  private static final int LOOK_TURNS = 8;

  /** The last look of an accuser, and the time that its verdict takes to get about. */
  private static final long ACCUSERS_FIRST = 1_000_000_000L;

  /** The same where last looks are longer because suspicions have lately been wrong. */
  private static final long ACCUSERS_FIRST_IN_DOUBT = 2_500_000_000L;

  private static final int MEMBERS_A_TURN = 8;
  private static final int MOST_TURNS_OF_OTHERS = 40;

  private final SwimConfig config;
  private final MembershipList list;
  private final Hearing hearing;
  private final StormBrake brake;
  private final LocalHealth health;
  private final Trails trails;
  private final SwimStats stats;
  private long lastBraked = Long.MIN_VALUE / 2;

  VerdictGate(
      SwimConfig config,
      MembershipList list,
      Hearing hearing,
      LocalHealth health,
      Trails trails,
      SwimStats stats) {
    this.config = config;
    this.list = list;
    this.hearing = hearing;
    this.brake = new StormBrake(config);
    this.health = health;
    this.trails = trails;
    this.stats = stats;
  }

  /**
   * How long the verdict on the member has to wait; 0 if it need not.
   *
   * @param inputWaiting whether something unread might refute it
   * @param lastLooks last looks that are under way
   * @param doubtful whether suspicions have lately been wrong
   */
  long postponement(
      long now,
      Peer peer,
      Suspicion running,
      boolean inputWaiting,
      int lastLooks,
      boolean doubtful) {
    if (inputWaiting && config.has(Rule.DRAIN_FIRST)) {
      return putOff(now, peer, Note.INPUT_WAITING, DRAIN_RETRY);
    }
    if (hearing.graceUntil() > now) {
      return putOff(now, peer, Note.JUST_PAUSED, hearing.graceUntil() - now);
    }
    int members = list.activeCount();
    boolean alone = hearing.hasGivenUp(now, members);
    if (!alone && running.leavesItToAccusers(list.self().handle)) {
      int turns = Math.min(MOST_TURNS_OF_OTHERS, 1 + members / MEMBERS_A_TURN);
      long first = doubtful ? ACCUSERS_FIRST_IN_DOUBT : ACCUSERS_FIRST;
      return putOff(now, peer, Note.ACCUSERS_FIRST, first + turn(peer, turns));
    }
    if (!brake.allows(now, members, lastLooks, alone)) {
      stats.add(Counter.VERDICTS_BRAKED);
      if (now - lastBraked > STORM_NANOS) {
        health.add(1);
      }
      lastBraked = now;
      return putOff(now, peer, Note.STORM, STORM_RETRY);
    }
    return lastLooks < MOST_LAST_LOOKS
        ? 0
        : putOff(now, peer, Note.LOOKS_UNDER_WAY, turn(peer, LOOK_TURNS));
  }

  private long putOff(long now, Peer peer, Note why, long nanos) {
    trails.putOff(now, peer, why, nanos);
    return nanos;
  }

  /**
   * Whether a last look that found nothing is to be taken once more: where nobody confirms the only
   * accuser and this node has reason to doubt itself, for as long as it would hold verdicts if it
   * heard nobody at all.
   */
  boolean wantsAnotherLook(long now, Suspicion running) {
    return health.isPoor()
        && running.hasOneAccuser()
        && now - running.startedAt() < config.deafHold().toNanos()
        && !hearing.hasGivenUp(now, list.activeCount());
  }

  /**
   * Where many have died, everybody would look at everyone of them at the same time; so each takes
   * them in another order, and by then the verdict on most has come from others.
   */
  private long turn(Peer peer, int turns) {
    long mixed = (peer.handle ^ Long.rotateLeft(list.self().handle, 32)) * 0x9E3779B97F4A7C15L;
    return LOOK_RETRY * (1 + Long.remainderUnsigned(mixed >>> 32, turns));
  }

  /** A verdict has fallen here. */
  void passed(long now) {
    brake.count(now);
  }
}
