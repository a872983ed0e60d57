package io.gossip.netty;

/** So many a second, and twice that at once. Not thread-safe. */
final class Bucket {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private double tokens;
  private long filledAt;

  /** Full. */
  Bucket(double perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = 2 * perSecond;
    this.filledAt = now;
  }

  /** Whether there is one to take. */
  boolean has(long now) {
    double back = (now - filledAt) / NANOS_PER_SECOND * perSecond;
    tokens = Math.min(2 * perSecond, tokens + back);
    filledAt = now;
    return tokens >= 1;
  }

  /** Takes one, if there is one. */
  boolean take(long now) {
    if (!has(now)) {
      return false;
    }
    tokens--;
    return true;
  }
}
