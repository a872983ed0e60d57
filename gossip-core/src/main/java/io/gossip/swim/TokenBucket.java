package io.gossip.swim;

/**
 * A rate with a burst: holds up to its capacity in tokens, which come back at a steady pace. Full
 * at first.
 *
 * <p>What must go out regardless is {@linkplain #spend spent} even into debt, and what can wait
 * then waits until the debt is paid. An amount above the capacity is granted once the bucket is
 * full, so that nothing waits for ever; a bucket of capacity 0 grants nothing at all.
 */
final class TokenBucket {
  /** Forgives rounding, so that what {@link #availableAt} promises {@link #take} grants. */
  private static final double ROUNDING = 1e-6;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double capacity;
  private final double perNano;
  private double tokens;
  private long refilledAt;

  TokenBucket(double capacity, double perSecond) {
    if (!(capacity >= 0 && perSecond >= 0)) {
      throw new IllegalArgumentException(
          "capacity and rate must not be negative, but were " + capacity + ", " + perSecond);
    }
    this.capacity = capacity;
    this.perNano = perSecond / NANOS_PER_SECOND;
    this.tokens = capacity;
  }

  /** Takes the amount if it is there; otherwise nothing, and answers false. */
  boolean take(long now, double amount) {
    refill(now);
    if (missing(amount) > ROUNDING) {
      return false;
    }
    tokens -= amount;
    return true;
  }

  /** When {@link #take} of this amount will succeed; {@link Long#MAX_VALUE} for never. */
  long availableAt(long now, double amount) {
    refill(now);
    double missing = missing(amount);
    if (missing <= ROUNDING) {
      return now;
    }
    double wait = Math.ceil(missing / perNano); // infinite where nothing comes back
    return wait < Long.MAX_VALUE - now ? now + (long) wait : Long.MAX_VALUE;
  }

  /** Takes the amount whether it is there or not; the debt is that of a second at most. */
  void spend(long now, double amount) {
    refill(now);
    tokens = Math.max(tokens - amount, -perNano * NANOS_PER_SECOND);
  }

  private double missing(double amount) {
    if (capacity == 0) {
      return amount > 0 ? Double.POSITIVE_INFINITY : 0;
    }
    return Math.min(amount, capacity) - tokens;
  }

  private void refill(long now) {
    if (now > refilledAt) {
      tokens = Math.min(capacity, tokens + (now - refilledAt) * perNano);
      refilledAt = now;
    }
  }
}
