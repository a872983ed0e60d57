package io.gossip.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured, beside what is aimed for. */
final class Table {

  private record Row(String what, String measured, String target, String verdict) {}

  private final List<Row> rows = new ArrayList<>();

  /** Times in seconds; their median is held against the target. */
  void times(String what, List<Double> seconds, double target) {
    double median = median(seconds);
    rows.add(new Row(what, spread(seconds), "≤ " + trim(target) + " s", verdict(median, target)));
  }

  /** Times in seconds without a target. */
  void times(String what, List<Double> seconds) {
    rows.add(new Row(what, spread(seconds), "–", "–"));
  }

  /** A value, no unit scaled. */
  void value(String what, double value, String unit, double target) {
    rows.add(
        new Row(
            what,
            String.format(Locale.ROOT, "%.3f %s", value, unit).strip(),
            ("≤ " + trim(target) + " " + unit).strip(),
            verdict(value, target)));
  }

  /** A value without a target. */
  void value(String what, double value, String unit) {
    rows.add(new Row(what, String.format(Locale.ROOT, "%.3f %s", value, unit), "–", "–"));
  }

  /** Something that could not be measured. */
  void skipped(String what, String why, String target) {
    rows.add(new Row(what, "skipped: " + why, target, "–"));
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String spread(List<Double> seconds) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    String middle = time(median(seconds));
    if (sorted.length == 1) {
      return middle;
    }
    String last = time(sorted[sorted.length - 1]);
    return middle + " (" + time(sorted[0]) + " to " + last + ", " + sorted.length + " times)";
  }

  private static String time(double seconds) {
    if (Double.isInfinite(seconds)) {
      return "never";
    }
    return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : "%.2f s", seconds);
  }

  private static String trim(double target) {
    String text = String.format(Locale.ROOT, "%.2f", target);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String verdict(double measured, double target) {
    return measured <= target ? "OK" : "MISS";
  }

  /** In Markdown. */
  @Override
  public String toString() {
    int[] widths = {8, 8, 6, 4};
    for (Row row : rows) {
      String[] cells = cells(row);
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], cells[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, widths, "", "measured", "target", "");
    String[] rule = Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new);
    line(text, widths, rule);
    for (Row row : rows) {
      line(text, widths, cells(row));
    }
    return text.toString();
  }

  private static String[] cells(Row row) {
    return new String[] {row.what(), row.measured(), row.target(), row.verdict()};
  }

  private static void line(StringBuilder text, int[] widths, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      text.append("| ").append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 1));
    }
    text.append("|\n");
  }
}
