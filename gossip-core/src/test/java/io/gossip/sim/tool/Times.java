package io.gossip.sim.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several times, of which {@code null} is never. */
final class Times {
  private Times() {}

  /** The time within which this share of them came; {@code null} if they never did, or of none. */
  static @Nullable Duration quantile(List<@Nullable Duration> times, double share) {
    if (times.isEmpty()) {
      return null;
    }
    List<@Nullable Duration> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.nullsLast(Comparator.naturalOrder()));
    int index = (int) Math.ceil(share * sorted.size() - 1e-9) - 1;
    return sorted.get(Math.max(0, index));
  }
}
