package io.gossip.swim;

import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Tombstones.Tombstone;
import java.util.ArrayList;
import java.util.List;

/** Departed members are forgotten: after a while, when the application wants it, to make room. */
final class Forgetting {

  /** Departed members that are looked at to make room for one more. */
  private static final int MOST_LOOKED_AT = 64;

  private final SwimConfig config;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final Announcements announcements;
  private int nextLookedAt;

  Forgetting(
      SwimConfig config, MembershipList list, Tombstones tombstones, Announcements announcements) {
    this.config = config;
    this.list = list;
    this.tombstones = tombstones;
    this.announcements = announcements;
  }

  /** A departed member is no longer kept; that it ended is still known. */
  void forget(long now, Peer departed) {
    list.remove(now, departed);
    tombstones.add(
        new Tombstone(
            departed.handle,
            departed.member.id(),
            departed.member.generation(),
            departed.incarnation(),
            departed.status(),
            departed.since,
            departed.left().signature()));
    announcements.add(new MembershipEvent.Forgotten(departed.member));
  }

  /** What is too old is forgotten. */
  void forgetOld(long now) {
    long departedBefore = now - config.departedRetention().toNanos();
    List<Peer> old = new ArrayList<>();
    for (int i = 0; i < list.departedCount(); i++) {
      Peer peer = list.departed(i);
      if (peer.since < departedBefore && peer != list.self()) {
        old.add(peer);
      }
    }
    for (Peer peer : old) {
      forget(now, peer);
    }
    tombstones.removeBefore(now - config.tombstoneRetention().toNanos());
  }

  /**
   * Whether one more member can be kept. Where the view is full, one makes room that is gone and
   * that this node has never heard, as members are that somebody made up; nobody else does.
   */
  boolean hasRoom(long now) {
    if (list.size() < config.maxMembers()) {
      return true;
    }
    for (int i = Math.min(list.departedCount(), MOST_LOOKED_AT); i > 0; i--) {
      nextLookedAt = (nextLookedAt + 1) % list.departedCount();
      Peer departed = list.departed(nextLookedAt);
      if (departed.lastHeard() == Peer.NEVER && departed != list.self()) {
        forget(now, departed);
        return true;
      }
    }
    return false;
  }
}
