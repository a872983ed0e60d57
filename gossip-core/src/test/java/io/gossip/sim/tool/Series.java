package io.gossip.sim.tool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Numbers over time, or over whatever stands in the first column. */
final class Series {
  private final String name;
  private final List<String> columns;
  private final List<double[]> rows = new ArrayList<>();

  /** An empty one; {@code name} becomes the name of its file. */
  Series(String name, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
  }

  void add(double... row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(name + " has " + columns + ", not " + row.length);
    }
    rows.add(row);
  }

  String name() {
    return name;
  }

  List<String> columns() {
    return columns;
  }

  List<double[]> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** One column. */
  double[] column(int index) {
    double[] column = new double[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = rows.get(i)[index];
    }
    return column;
  }

  /** As comma-separated values with a heading. */
  String csv() {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        text.append(i == 0 ? "" : ",").append(number(row[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }
}
