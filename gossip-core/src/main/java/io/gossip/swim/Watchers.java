package io.gossip.swim;

import io.gossip.wire.Message;
import io.gossip.wire.Message.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who watches this node: the other ends of their {@link WatchLinks}. */
final class Watchers {

  /** More than watch a member at any time, even while many join and the ring changes. */
  static final int MOST = 32;

  private final Self self;
  private final MembershipList list;
  private final Outbox outbox;
  private final SwimStats stats;
  private final Output output;
  private final Map<Long, Long> streams = new LinkedHashMap<>(); // by handle of who watches

  Watchers(Self self, MembershipList list, Outbox outbox, SwimStats stats, Output output) {
    this.self = self;
    this.list = list;
    this.outbox = outbox;
    this.stats = stats;
    this.output = output;
  }

  int size() {
    return streams.size();
  }

  /** Somebody wants to watch the target; one link each. */
  void asked(long now, long stream, Watch watch, long sender) {
    if (watch.target() != list.self().handle) {
      outbox.frame(now, stream, List.of(new Message.WrongTarget(watch.nonce(), watch.target())));
      return;
    }
    Long former = streams.get(sender);
    if (former == null && streams.size() >= MOST) {
      stats.add(SwimStats.Counter.WATCHERS_REFUSED);
      output.close(stream);
      return;
    }
    if (former != null && former != stream) {
      output.close(former);
    }
    streams.put(sender, stream);
    output.keep(stream);
    outbox.frame(now, stream, List.of(new Message.Ack(watch.nonce(), 0)));
    if (self.isLeaving()) {
      tell(now, stream);
    }
  }

  void closed(long stream) {
    streams.values().remove(stream);
  }

  /** This node leaves: what ends from now on is no crash. */
  void leave(long now) {
    for (long stream : streams.values()) {
      tell(now, stream);
    }
  }

  private void tell(long now, long stream) {
    Peer own = list.self();
    outbox.frame(now, stream, List.of(own.left()));
  }
}
