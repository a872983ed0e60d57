package io.gossip.swim;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the deaths one node declares by itself: when many fall due at once, it is more likely that
 * the node is at fault than that they all died.
 */
final class StormBrake {

  private static final int LEAST = 2;

  /** Where nobody has been heard for so long that it is accepted, the few of a small cluster. */
  private static final int LEAST_ALONE = 8;

  private final boolean works;
  private final double share;
  private final long window;
  private final Deque<Long> declared = new ArrayDeque<>();

  StormBrake(SwimConfig config) {
    this.works = config.has(Rule.STORM_BRAKE);
    this.share = config.deathShare();
    this.window = 5 * config.probeInterval().toNanos();
  }

  /**
   * Whether another death may be declared in a cluster of this many active members.
   *
   * @param pending verdicts that may fall any moment
   * @param alone whether nobody at all has been heard for longer than verdicts are withheld
   */
  boolean allows(long now, int members, int pending, boolean alone) {
    while (!declared.isEmpty() && now - declared.peekFirst() >= window) {
      declared.removeFirst();
    }
    int least = alone ? LEAST_ALONE : LEAST;
    return !works || declared.size() + pending < Math.max(least, Math.ceil(share * members));
  }

  void count(long now) {
    declared.addLast(now);
  }
}
