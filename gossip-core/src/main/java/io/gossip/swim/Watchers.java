package io.gossip.swim;

import io.gossip.wire.Message;
import io.gossip.wire.Message.Watch;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who watches this node: the other ends of their {@link WatchLinks}. */
final class Watchers {

  /** More than watch a member at any time, even while many join and the ring changes. */
  static final int MOST = 32;

  /** Stands for who does not come from the machine of the member that it says it is. */
  private static final long NOBODY = 0;

  private final Self self;
  private final MembershipList list;
  private final Outbox outbox;
  private final SwimStats stats;
  private final Output output;

  /** Who watches, by stream, the oldest first. */
  private final Map<Long, Long> watchers = new LinkedHashMap<>();

  Watchers(Self self, MembershipList list, Outbox outbox, SwimStats stats, Output output) {
    this.self = self;
    this.list = list;
    this.outbox = outbox;
    this.stats = stats;
    this.output = output;
  }

  int size() {
    return watchers.size();
  }

  /**
   * Somebody wants to watch the target. A member has one link, and a later one takes the place of
   * an earlier, if it comes from that member's machine. Others may watch as well, but take nobody's
   * place, and make room when there is none.
   */
  void asked(long now, long stream, Watch watch, long sender) {
    if (watch.target() != list.self().handle) {
      outbox.frame(now, stream, List.of(new Message.WrongTarget(watch.nonce(), watch.target())));
      return;
    }
    long watcher = isAt(sender, stream) ? sender : NOBODY;
    if (watcher != NOBODY) {
      closeLinkOf(watcher, stream);
    }
    if (!watchers.containsKey(stream) && watchers.size() >= MOST && !closeLinkOf(NOBODY, stream)) {
      stats.add(SwimStats.Counter.WATCHERS_REFUSED);
      output.close(stream);
      return;
    }
    watchers.put(stream, watcher);
    output.keep(stream);
    outbox.frame(now, stream, List.of(new Message.Ack(watch.nonce(), 0)));
    if (self.isLeaving()) {
      tell(now, stream);
    }
  }

  private boolean isAt(long member, long stream) {
    Peer peer = list.find(member);
    InetSocketAddress end = output.otherEnd(stream);
    return peer != null
        && end != null
        && peer.address().getAddress().equals(end.getAddress()); // the port is any
  }

  /** Closes the oldest link of that watcher, other than this; whether there was one. */
  private boolean closeLinkOf(long watcher, long other) {
    for (Map.Entry<Long, Long> link : watchers.entrySet()) {
      long stream = link.getKey();
      if (link.getValue() == watcher && stream != other) {
        watchers.remove(stream);
        output.close(stream);
        return true;
      }
    }
    return false;
  }

  void closed(long stream) {
    watchers.remove(stream);
  }

  /** This node leaves: what ends from now on is no crash. */
  void leave(long now) {
    for (long stream : watchers.keySet()) {
      tell(now, stream);
    }
  }

  private void tell(long now, long stream) {
    Peer own = list.self();
    outbox.frame(now, stream, List.of(own.left()));
  }
}
