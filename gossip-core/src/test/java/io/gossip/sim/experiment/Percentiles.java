package io.gossip.sim.experiment;

import java.util.Arrays;
import java.util.Locale;

/** Times that were measured, and how they are spread. */
final class Percentiles {
  private double[] seconds = new double[16];
  private int count;

  void add(double value) {
    if (count == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * count);
    }
    seconds[count++] = value;
  }

  void addAll(Percentiles others) {
    for (int i = 0; i < others.count; i++) {
      add(others.seconds[i]);
    }
  }

  int count() {
    return count;
  }

  double mean() {
    return Arrays.stream(seconds, 0, count).average().orElse(Double.NaN);
  }

  /** The smallest value that so many percent do not exceed; not a number if there is none. */
  double at(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(seconds, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(percent / 100 * count) - 1)];
  }

  /** Median, 99th and 99.9th percentile, as the papers give them. */
  @Override
  public String toString() {
    return count == 0
        ? "–"
        : String.format(Locale.ROOT, "%.2f / %.2f / %.2f", at(50), at(99), at(99.9));
  }
}
