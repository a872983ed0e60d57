package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Picks members at random: evenly, and for relays from as many zones as there are. */
final class PeerSelector {

  private static final int SMALL = 32;
  private static final int TRIES_PER_PEER = 8;

  private final MembershipList list;
  private final RandomGenerator random;

  PeerSelector(MembershipList list, RandomGenerator random) {
    this.list = list;
    this.random = random;
  }

  /** Up to {@code count} different active members other than this one. */
  List<Peer> pick(int count, Predicate<Peer> eligible) {
    return list.activeCount() <= SMALL
        ? pickFromAll(count, eligible)
        : pickByTrying(count, eligible);
  }

  /**
   * Up to {@code count} relays towards {@code target}: alive, and of different zones if possible.
   */
  List<Peer> relays(int count, Peer target) {
    List<Peer> candidates =
        pick(2 * count, peer -> peer != target && peer.status() == MemberStatus.ALIVE);
    List<Peer> chosen = new ArrayList<>(count);
    for (int i = 0; i < candidates.size() && chosen.size() < count; i++) {
      if (!hasZone(chosen, candidates.get(i).member.zone())) {
        chosen.add(candidates.get(i));
      }
    }
    for (int i = 0; i < candidates.size() && chosen.size() < count; i++) {
      if (!chosen.contains(candidates.get(i))) {
        chosen.add(candidates.get(i));
      }
    }
    return chosen;
  }

  private static boolean hasZone(List<Peer> chosen, String zone) {
    for (int i = 0; i < chosen.size(); i++) {
      if (chosen.get(i).member.zone().equals(zone)) {
        return true;
      }
    }
    return false;
  }

  private List<Peer> pickFromAll(int count, Predicate<Peer> eligible) {
    List<Peer> pool = new ArrayList<>(list.activeCount());
    for (int i = 0; i < list.activeCount(); i++) {
      Peer peer = list.active(i);
      if (peer != list.self() && eligible.test(peer)) {
        pool.add(peer);
      }
    }
    int wanted = Math.min(count, pool.size());
    for (int i = 0; i < wanted; i++) {
      int other = i + random.nextInt(pool.size() - i);
      Peer swapped = pool.get(i);
      pool.set(i, pool.get(other));
      pool.set(other, swapped);
    }
    return pool.subList(0, wanted);
  }

  private List<Peer> pickByTrying(int count, Predicate<Peer> eligible) {
    List<Peer> chosen = new ArrayList<>(count);
    for (int tries = TRIES_PER_PEER * count; tries > 0 && chosen.size() < count; tries--) {
      Peer peer = list.active(random.nextInt(list.activeCount()));
      if (peer != list.self() && eligible.test(peer) && !chosen.contains(peer)) {
        chosen.add(peer);
      }
    }
    return chosen;
  }
}
