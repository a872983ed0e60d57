package io.gossip.sim.tool;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written for people; the same on every machine. */
final class Format {
  private Format() {}

  static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** A point in time or a length of it; {@code null} means never. */
  static String time(@Nullable Duration time) {
    return time == null ? "never" : decimal(seconds(time), 3) + " s";
  }

  static String share(double share) {
    return decimal(100 * share, 3) + " %";
  }

  static String decimal(double value, int places) {
    if (Double.isNaN(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%." + places + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
