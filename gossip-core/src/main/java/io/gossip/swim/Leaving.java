package io.gossip.swim;

import io.gossip.swim.SwimReport.Phase;

/** The leave of this node: it tells members directly, by its links and by rumor. */
final class Leaving {

  private final SwimConfig config;
  private final Self self;
  private final MembershipList list;
  private final Watchers watchers;
  private final Telling telling;
  private final Timers timers;
  private long deadline;

  Leaving(
      SwimConfig config,
      Self self,
      MembershipList list,
      Watchers watchers,
      Telling telling,
      Timers timers) {
    this.config = config;
    this.self = self;
    this.list = list;
    this.watchers = watchers;
    this.telling = telling;
    this.timers = timers;
  }

  void begin(long now) {
    if (self.isLeaving()) {
      return;
    }
    self.leave(now);
    watchers.leave(now);
    deadline = now + config.leaveTimeout().toNanos();
    telling.begin();
    tick(now);
  }

  /** Tells those again that have not confirmed, until the time is up. */
  void tick(long now) {
    if (self.phase() != Phase.LEAVING) {
      return;
    }
    if (now < deadline) {
      Peer own = list.self();
      telling.tell(now, own.left());
    }
    if (telling.isDone() || now >= deadline) {
      self.enter(Phase.LEFT);
    } else {
      timers.at(Math.min(deadline, now + Telling.RETRY_NANOS), new Timer.LeaveTick());
    }
  }

  /** An answer; whether it confirms the leave. */
  boolean acked(long nonce, Peer sender) {
    if (!telling.asked(nonce, sender)) {
      return false;
    }
    telling.confirm(nonce);
    if (telling.isDone()) {
      self.enter(Phase.LEFT);
    }
    return true;
  }

  int confirmed() {
    return telling.confirmed();
  }
}
