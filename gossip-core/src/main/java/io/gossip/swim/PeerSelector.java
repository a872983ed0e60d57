package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Picks members at random: evenly, for relays from as many zones as there are, and for gossip
 * mostly from the own zone. Nothing but {@link #pickRare} looks through all members of a large
 * cluster.
 */
final class PeerSelector {

  private static final int SMALL = 32;
  private static final int TRIES_PER_PEER = 8;

  private final MembershipList list;
  private final RandomGenerator random;
  private final double crossZoneShare;

  PeerSelector(SwimConfig config, MembershipList list, RandomGenerator random) {
    this.list = list;
    this.random = random;
    this.crossZoneShare = config.crossZoneShare();
  }

  /** Up to {@code count} different active members other than this one, each as likely. */
  List<Peer> pick(int count, Predicate<Peer> eligible) {
    return pick(0, list.activeCount(), count, eligible);
  }

  /**
   * The same for those of whom there may be few among many: where trying does not find enough of
   * them, all members are looked through.
   */
  List<Peer> pickRare(int count, Predicate<Peer> eligible) {
    List<Peer> chosen = pick(count, eligible);
    return chosen.size() < count && list.activeCount() > SMALL
        ? pickFromAll(0, list.activeCount(), count, eligible)
        : chosen;
  }

  /**
   * Up to {@code count} different active members other than this one: on average a fixed share of
   * other zones, however many members those have, and the rest of the own. Where one side has too
   * few, the other makes up for it.
   */
  List<Peer> pickForGossip(int count, Predicate<Peer> eligible) {
    int near = list.nearCount();
    int all = list.activeCount();
    if (near <= 1 || near == all) { // nobody but this node is in its zone, or everybody is
      return pick(count, eligible);
    }
    double share = crossZoneShare * count;
    int across = (int) share + (random.nextDouble() < share - (int) share ? 1 : 0);
    List<Peer> chosen = new ArrayList<>(pick(0, near, count - across, eligible));
    chosen.addAll(pick(near, all, across, eligible));
    if (chosen.size() < count) {
      chosen.addAll(
          pick(count - chosen.size(), peer -> eligible.test(peer) && !chosen.contains(peer)));
    }
    return chosen;
  }

  private List<Peer> pick(int from, int to, int count, Predicate<Peer> eligible) {
    return to - from <= SMALL
        ? pickFromAll(from, to, count, eligible)
        : pickByTrying(from, to, count, eligible);
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

  private List<Peer> pickFromAll(int from, int to, int count, Predicate<Peer> eligible) {
    List<Peer> pool = new ArrayList<>();
    for (int i = from; i < to; i++) {
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

  private List<Peer> pickByTrying(int from, int to, int count, Predicate<Peer> eligible) {
    List<Peer> chosen = new ArrayList<>(count);
    for (int tries = TRIES_PER_PEER * count; tries > 0 && chosen.size() < count; tries--) {
      Peer peer = list.active(from + random.nextInt(to - from));
      if (peer != list.self() && eligible.test(peer) && !chosen.contains(peer)) {
        chosen.add(peer);
      }
    }
    return chosen;
  }
}
