package io.gossip.swim;

/**
 * How much this node doubts itself: Lifeguard's local health multiplier (§III-A). 0 is healthy.
 *
 * <p>A node that is slow to handle its own input sees everybody else as silent; so what speaks of
 * its own trouble makes it wait longer before it accuses.
 */
final class LocalHealth {
  private final int max;
  private int score;

  LocalHealth(int max) {
    if (max < 0) {
      throw new IllegalArgumentException("max must not be negative, but was " + max);
    }
    this.max = max;
  }

  int score() {
    return score;
  }

  /** Whether more speaks for trouble of this node's own than against it. */
  boolean isPoor() {
    return score > max / 2;
  }

  /** Raises or, with a negative delta, lowers the score, within 0 to the maximum. */
  void add(int delta) {
    score = (int) Math.max(0, Math.min(max, (long) score + delta));
  }

  /** A probe interval or timeout as this node's health has it: nanos · (score + 1). */
  long scale(long nanos) {
    return Math.multiplyExact(nanos, score + 1);
  }
}
