package io.gossip.sim;

import io.gossip.swim.SwimConfig;
import java.time.Duration;

/**
 * By when what must come to pass has come to pass, from the numbers of the protocol and the size of
 * the cluster.
 */
final class Deadlines {
  /** ln 10^9: within so many periods somebody probes the member, but for one case in 10^9. */
  private static final int PERIODS_TO_BE_PROBED = 21;

  private static final int GOSSIP_ROUNDS = 10;
  private static final Duration SHORTEST_CONVERGENCE = Duration.ofSeconds(3);
  private static final Duration AFTER_PARTITION = Duration.ofSeconds(30);
  private static final Duration JOIN = Duration.ofSeconds(5);

  private final SwimConfig config;
  private final int members;

  Deadlines(SwimConfig config, int members) {
    this.config = config;
    this.members = members;
  }

  /** L1: a member that crashed is dead to every live one. */
  Duration detection() {
    double suspicion =
        Math.max(5, config.suspicionMultiplier() * Math.log10(members))
            * (config.maxLocalHealth() + 1);
    Duration alone = members <= 3 ? config.deafHold() : Duration.ZERO;
    return times(config.probeInterval(), PERIODS_TO_BE_PROBED + suspicion)
        .plus(convergence())
        .plus(alone);
  }

  /** L2: what one member says is known to all. */
  Duration convergence() {
    double rounds = GOSSIP_ROUNDS * Math.log(members) / Math.log(2);
    Duration gossip = times(config.gossipInterval(), rounds);
    return gossip.compareTo(SHORTEST_CONVERGENCE) < 0 ? SHORTEST_CONVERGENCE : gossip;
  }

  /** L3: who was declared dead wrongly is back. */
  Duration refutation() {
    return AFTER_PARTITION.plus(convergence());
  }

  /** L4: a newcomer is in all views, and has them all in its own. */
  Duration join() {
    return JOIN;
  }

  /** All is well after whatever has happened: crashes are detected, seeds asked, parts merged. */
  Duration recovery() {
    return detection().compareTo(AFTER_PARTITION) < 0 ? AFTER_PARTITION : detection();
  }

  private static Duration times(Duration one, double factor) {
    return Duration.ofNanos((long) (one.toNanos() * factor));
  }
}
