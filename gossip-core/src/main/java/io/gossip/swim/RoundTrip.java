package io.gossip.swim;

/** How long the answers of one member take: SRTT and RTTVAR of RFC 6298. */
class RoundTrip {
  /** Longer than any timeout, so not the answer to one probe but a clock gone wrong. */
  private static final long IMPLAUSIBLE = 10_000_000_000L;

  /** What is said of a member that never answered; never sampled. */
  static final RoundTrip UNKNOWN = new RoundTrip();

  private long smoothed = -1;
  private long variation;

  /** Takes in one measurement; one that is negative or above 10 s changes nothing. */
  void sample(long nanos) {
    if (nanos < 0 || nanos > IMPLAUSIBLE) {
      return;
    }
    if (smoothed < 0) { // RFC 6298, 2.2
      smoothed = nanos;
      variation = nanos / 2;
    } else { // 2.3, with its alpha = 1/8 and beta = 1/4
      variation += (Math.abs(smoothed - nanos) - variation) / 4;
      smoothed += (nanos - smoothed) / 8;
    }
  }

  /**
   * How long to wait for an answer: SRTT + 4 · RTTVAR, at least the floor and at most the ceiling;
   * the ceiling while nothing has been measured.
   */
  long timeout(long floor, long ceiling) {
    if (smoothed < 0) {
      return ceiling;
    }
    return Math.min(ceiling, Math.max(floor, smoothed + 4 * variation));
  }

  boolean isMeasured() {
    return smoothed >= 0;
  }

  /** SRTT; -1 while nothing has been measured. */
  long smoothedNanos() {
    return smoothed;
  }
}
