package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;

/** What was counted within the last minute: the difference to a former reading of the counters. */
final class LastMinute {

  private static final long STEP_NANOS = 5_000_000_000L;
  private static final int READINGS = 13;

  private static final Counter[] READ = {
    Counter.DATAGRAM_BYTES_SENT,
    Counter.FRAME_BYTES_SENT,
    Counter.DATAGRAM_BYTES_RECEIVED,
    Counter.FRAME_BYTES_RECEIVED,
    Counter.DATAGRAMS_SENT,
    Counter.FRAMES_SENT,
    Counter.DATAGRAMS_RECEIVED,
    Counter.FRAMES_RECEIVED,
    Counter.SUSPICIONS,
    Counter.FALSE_SUSPICIONS,
    Counter.DEATHS_DECLARED,
    Counter.FALSE_DEATHS,
    Counter.REFUTATIONS,
    Counter.DEATHS_PROVEN
  };

  private final SwimStats stats;
  private final long[][] readings = new long[READINGS][];
  private final long[] readAt = new long[READINGS];
  private int next;

  LastMinute(SwimStats stats) {
    this.stats = stats;
  }

  /** Takes a reading, unless the last is fresh. */
  void read(long now) {
    int last = (next + READINGS - 1) % READINGS;
    if (readings[last] != null && now - readAt[last] < STEP_NANOS) {
      return;
    }
    readings[next] = counts();
    readAt[next] = now;
    next = (next + 1) % READINGS;
  }

  /** What was counted since the oldest reading, which is a minute old once there are enough. */
  SwimReport.LastMinute report(long now) {
    int oldest = readings[next] == null ? 0 : next;
    long[] before = readings[oldest];
    if (before == null) {
      return new SwimReport.LastMinute(Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    long[] since = counts();
    for (int i = 0; i < since.length; i++) {
      since[i] -= before[i];
    }
    return new SwimReport.LastMinute(
        Duration.ofNanos(now - readAt[oldest]),
        since[0] + since[1],
        since[2] + since[3],
        since[4] + since[5],
        since[6] + since[7],
        since[8],
        since[9],
        since[10] + since[13],
        since[11],
        since[12]);
  }

  private long[] counts() {
    long[] counts = new long[READ.length];
    for (int i = 0; i < READ.length; i++) {
      counts[i] = stats.count(READ[i]);
    }
    return counts;
  }
}
