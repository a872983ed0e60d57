package io.gossip.swim;

import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The leave of this node: it tells members directly and by rumor, and knows who has heard it, since
 * an ack means that the whole packet of its ping was applied.
 */
final class Leaving {

  /** Members told directly; in larger clusters the rumor reaches the others. */
  private static final int TOLD_DIRECTLY = 128;

  private static final long RETRY_NANOS = 200_000_000L;

  private final SwimConfig config;
  private final Self self;
  private final MembershipList list;
  private final PeerSelector selector;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;

  /** Who has not confirmed, by the nonce of the ping. */
  private final Map<Long, Peer> unconfirmed = new LinkedHashMap<>();

  private int confirmed;
  private long deadline;

  Leaving(
      SwimConfig config,
      Self self,
      MembershipList list,
      PeerSelector selector,
      Outbox outbox,
      Timers timers,
      RandomGenerator random) {
    this.config = config;
    this.self = self;
    this.list = list;
    this.selector = selector;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
  }

  void begin(long now) {
    if (self.isLeaving()) {
      return;
    }
    self.leave(now);
    deadline = now + config.leaveTimeout().toNanos();
    for (Peer peer : selector.pick(TOLD_DIRECTLY, peer -> true)) {
      unconfirmed.put(random.nextLong(), peer);
    }
    tick(now);
  }

  /** Tells those again that have not confirmed, until the time is up. */
  void tick(long now) {
    if (self.phase() != Phase.LEAVING) {
      return;
    }
    unconfirmed.values().removeIf(peer -> !peer.isActive());
    if (unconfirmed.isEmpty() || now >= deadline) {
      self.enter(Phase.LEFT);
      return;
    }
    Peer own = list.self();
    for (Map.Entry<Long, Peer> entry : unconfirmed.entrySet()) {
      Peer peer = entry.getValue();
      outbox.send(
          now,
          peer,
          new Update.Left(own.handle, own.incarnation()),
          new Ping(entry.getKey(), peer.handle));
    }
    timers.at(Math.min(deadline, now + RETRY_NANOS), new Timer.LeaveTick());
  }

  /** An answer; whether it confirms the leave. */
  boolean acked(long nonce, Peer sender) {
    Peer told = unconfirmed.get(nonce);
    if (told != sender) {
      return false;
    }
    unconfirmed.remove(nonce);
    confirmed++;
    if (unconfirmed.isEmpty()) {
      self.enter(Phase.LEFT);
    }
    return true;
  }

  int confirmed() {
    return confirmed;
  }
}
