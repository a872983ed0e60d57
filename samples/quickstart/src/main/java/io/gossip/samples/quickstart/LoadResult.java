package io.gossip.samples.quickstart;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What became of the requests of a {@link Load}. Thread-safe. */
final class LoadResult {

  private final Map<String, Integer> failures = new TreeMap<>();
  private long[] latencies = new long[1024];
  private int succeeded;
  private int failed;
  private long firstFailure;
  private long lastFailure;

  synchronized void succeeded(long latencyNanos) {
    if (succeeded == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * succeeded);
    }
    latencies[succeeded++] = latencyNanos;
  }

  /** Counts a failure of a request that was due at {@code atNanos} after the start. */
  synchronized void failed(String kind, long atNanos) {
    firstFailure = failed == 0 ? atNanos : Math.min(firstFailure, atNanos);
    lastFailure = Math.max(lastFailure, atNanos);
    failed++;
    failures.merge(kind, 1, Integer::sum);
  }

  @Override
  public synchronized String toString() {
    Arrays.sort(latencies, 0, succeeded);
    String text =
        String.format(
            "%d ok, %d failed; p50 %.1f ms, p99 %.1f ms",
            succeeded, failed, percentile(0.50), percentile(0.99));
    if (failed == 0) {
      return text;
    }
    return text
        + String.format(
            "%nfailed %s; the first at %.2f s, the last at %.2f s",
            failures, firstFailure / 1e9, lastFailure / 1e9);
  }

  private double percentile(double share) {
    return succeeded == 0 ? Double.NaN : latencies[(int) (share * (succeeded - 1))] / 1e6;
  }
}
