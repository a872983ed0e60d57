package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Rounds of gossip: while there is news, every interval to a few members; at once and in quick
 * succession while the news is urgent (design: eager). At rest there are none, except when pulling.
 */
final class GossipRounds {

  private final long interval;
  private final long eagerInterval;
  private final int fanout;
  private final GossipMode mode;
  private final boolean hurries;
  private final TokenBucket eager;
  private final Dissemination rumors;
  private final MembershipList list;
  private final PeerSelector selector;
  private final PartitionHold hold;
  private final Convergence convergence;
  private final Outbox outbox;
  private final Timers timers;
  private final SwimStats stats;
  private final RandomGenerator random;

  /** When the next round is; {@link Long#MAX_VALUE} for none. */
  private long next = Long.MAX_VALUE;

  private long round;
  private long dropsCounted;
  private long lastRound = Long.MIN_VALUE / 2;

  GossipRounds(
      SwimConfig config,
      RandomGenerator random,
      Dissemination rumors,
      MembershipList list,
      PeerSelector selector,
      PartitionHold hold,
      Convergence convergence,
      Outbox outbox,
      Timers timers,
      SwimStats stats) {
    this.interval = config.gossipInterval().toNanos();
    this.eagerInterval = config.eagerInterval().toNanos();
    this.fanout = config.fanout();
    this.mode = config.mode();
    this.hurries = config.has(Rule.EAGER_GOSSIP);
    this.eager = new TokenBucket(config.eagerRounds(), 1e9 / interval);
    this.random = random;
    this.rumors = rumors;
    this.list = list;
    this.selector = selector;
    this.hold = hold;
    this.convergence = convergence;
    this.outbox = outbox;
    this.timers = timers;
    this.stats = stats;
  }

  /** Sees to it that there will be a round if one is called for; to be called after every input. */
  void arm(long now) {
    rumors.fitTo(list.activeCount());
    long dropped = rumors.dropped();
    stats.add(Counter.RUMORS_DROPPED, dropped - dropsCounted);
    dropsCounted = dropped;
    if (list.activeCount() < 2 || (rumors.isEmpty() && mode != GossipMode.PULL)) {
      return;
    }
    if (hurries && mode != GossipMode.PULL && rumors.hasUrgent(list.activeCount())) {
      long soonest = now + random.nextLong(eagerInterval / 4 + 1);
      armAt(Math.max(lastRound + eagerInterval, eager.availableAt(soonest, 1)));
    }
    armAt(Math.max(now, lastRound) + interval); // where eager rounds are granted, these come first
  }

  /** A round, if the timer that asks for it is the one last armed. */
  void tick(long now, long armedAs) {
    if (armedAs != round || next == Long.MAX_VALUE) {
      return;
    }
    next = Long.MAX_VALUE;
    lastRound = now;
    if (rumors.hasUrgent(list.activeCount())) {
      eager.take(now, 1);
    }
    if (!outbox.hasRoom(now)) {
      stats.add(Counter.ROUNDS_CAPPED);
      return;
    }
    convergence.round();
    List<Peer> peers = peers();
    for (int i = 0; i < peers.size(); i++) {
      outbox.gossip(now, peers.get(i), mode != GossipMode.PUSH, mode == GossipMode.PULL);
    }
  }

  /**
   * Whom to tell: those first who have not said that they know. Among a few members most have, and
   * a rumor is told too rarely to be wasted on them.
   */
  private List<Peer> peers() {
    List<Peer> peers =
        new ArrayList<>(
            selector.pickForGossip(fanout, peer -> !hold.holds(peer) && !outbox.agrees(peer)));
    if (peers.size() < fanout) { // suspicions do not show in what members say of their view
      peers.addAll(
          selector.pickForGossip(
              fanout - peers.size(), peer -> !hold.holds(peer) && outbox.agrees(peer)));
    }
    return peers;
  }

  private void armAt(long due) {
    if (due < next) {
      next = due;
      timers.at(due, new Timer.GossipTick(++round));
    }
  }
}
