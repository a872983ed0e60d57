package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tries dead members again, each about once per reconnect interval by the whole cluster together,
 * so that the halves of a healed partition find each other without an operator (Serf's reconnect).
 */
final class Reconnecting {

  private static final int MAX_PER_TICK = 8;

  private final long interval;
  private final MembershipList list;
  private final Prober prober;
  private final Timers timers;
  private final RandomGenerator random;

  Reconnecting(
      SwimConfig config,
      MembershipList list,
      Prober prober,
      Timers timers,
      RandomGenerator random) {
    this.interval = config.reconnectInterval().toNanos();
    this.list = list;
    this.prober = prober;
    this.timers = timers;
    this.random = random;
  }

  void arm(long now) {
    timers.at(now + interval / 2 + random.nextLong(interval), new Timer.ReconnectTick());
  }

  void tick(long now) {
    List<Peer> dead = new ArrayList<>();
    for (int i = 0; i < list.departedCount(); i++) {
      if (list.departed(i).status() == MemberStatus.DEAD) {
        dead.add(list.departed(i));
      }
    }
    double share = (double) dead.size() / list.activeCount();
    int count = (int) share + (random.nextDouble() < share - (int) share ? 1 : 0);
    for (int i = 0; i < Math.min(count, MAX_PER_TICK) && !dead.isEmpty(); i++) {
      prober.greet(now, dead.remove(random.nextInt(dead.size())));
    }
    arm(now);
  }
}
