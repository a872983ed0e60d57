package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.Message;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a life that has ended in this node's view is to be told when it is heard. One
 * whose clock went back while it was down may be taken in by a node that never knew its former
 * life, and be refused by all others: only they know which generation it has to exceed.
 */
final class LastWords {

  private final long interval;
  private final MembershipList list;
  private final Tombstones tombstones;

  LastWords(SwimConfig config, MembershipList list, Tombstones tombstones) {
    this.interval = config.probeInterval().toNanos();
    this.list = list;
    this.tombstones = tombstones;
  }

  /** The highest generation of this name that is or was here; 0 for none. */
  long newestGeneration(NodeId id) {
    Peer known = list.find(id);
    long ended = tombstones.endedGeneration(id);
    return known == null ? ended : Math.max(ended, known.member.generation());
  }

  /** Remembers a life that a newer one has retired. */
  void superseded(long now, Update.Alive update) {
    if (tombstones.find(update.handle()) == null) {
      tombstones.add(
          new Tombstone(
              update.handle(),
              update.id(),
              update.generation(),
              update.incarnation(),
              MemberStatus.LEFT,
              now));
    }
  }

  /** Whether a newer life has retired this one. */
  boolean isSuperseded(Tombstone end) {
    NodeId id = end.id();
    return id != null && newestGeneration(id) > end.generation();
  }

  /**
   * For the sender of a packet: that it is dead and may refute; that it has left; which generation
   * it has to exceed; or who bears its name now. {@code null} if there is nothing to tell.
   */
  @Nullable Message to(long now, long handle) {
    Peer kept = list.find(handle);
    if (kept != null) {
      return kept.isActive()
          ? null
          : kept.status() == MemberStatus.LEFT ? kept.left() : dead(handle, kept.incarnation());
    }
    Tombstone end = tombstones.find(handle);
    if (end == null) {
      return null;
    }
    NodeId id = end.id();
    if (id == null || !isSuperseded(end)) {
      return end.status() == MemberStatus.LEFT ? end.left() : dead(handle, end.incarnation());
    }
    Peer bearer = list.find(id);
    if (bearer == null || !bearer.isActive()) {
      return new Message.JoinRefused(0, RefusalReason.STALE_GENERATION, newestGeneration(id), "");
    }
    // Only while the newer life is heard is it sure that there are two.
    return isHeard(now, bearer) ? bearer.alive() : null;
  }

  /**
   * Who bears the name of the sender of a packet now, if it has to be heard before the sender can
   * be told of it.
   */
  @Nullable Peer toBeHeard(long now, long handle) {
    Tombstone end = list.find(handle) == null ? tombstones.find(handle) : null;
    NodeId id = end == null ? null : end.id();
    Peer bearer = end == null || id == null || !isSuperseded(end) ? null : list.find(id);
    return bearer == null || !bearer.isActive() || isHeard(now, bearer) ? null : bearer;
  }

  private boolean isHeard(long now, Peer bearer) {
    return bearer.lastHeard() != Peer.NEVER && now - bearer.lastHeard() < interval;
  }

  private static Update dead(long handle, int incarnation) {
    return new Update.Dead(handle, incarnation, List.of());
  }
}
