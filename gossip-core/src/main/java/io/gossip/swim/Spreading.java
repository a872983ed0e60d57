package io.gossip.swim;

import io.gossip.wire.Update;

/**
 * The own state, told to members directly so that it is known how far it has got: each ack says
 * which version its sender holds.
 */
final class Spreading {

  private final MembershipList list;
  private final Telling telling;
  private final Timers timers;
  private final long timeout;
  private long version;
  private long deadline;
  private boolean underWay;

  Spreading(SwimConfig config, MembershipList list, Telling telling, Timers timers) {
    this.list = list;
    this.telling = telling;
    this.timers = timers;
    this.timeout = config.leaveTimeout().toNanos();
  }

  /** Begins, with the state as it is now; what was under way before is given up. */
  void begin(long now) {
    version = list.self().state.version();
    deadline = now + timeout;
    underWay = true;
    telling.begin();
    tick(now, deadline);
  }

  /** Tells those again that have not confirmed, until the time is up. */
  void tick(long now, long ofDeadline) {
    if (!underWay || ofDeadline != deadline) {
      return;
    }
    Peer own = list.self();
    Update.State news = own.newestState(1);
    if (news != null && now < deadline) {
      telling.tell(now, news);
    }
    if (news == null || telling.isDone() || now >= deadline) {
      underWay = false;
    } else {
      timers.at(Math.min(deadline, now + Telling.RETRY_NANOS), new Timer.SpreadTick(deadline));
    }
  }

  /** An answer; whether it was one to this. */
  boolean acked(long nonce, Peer sender, long held) {
    if (!underWay || !telling.asked(nonce, sender)) {
      return false;
    }
    if (held >= version) { // else it has missed something before, which it is sent meanwhile
      telling.confirm(nonce);
      underWay = !telling.isDone();
    }
    return true;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** How many are known to hold the state as it was at the last beginning. */
  int confirmed() {
    return telling.confirmed();
  }
}
