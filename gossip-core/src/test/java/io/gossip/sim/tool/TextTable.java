package io.gossip.sim.tool;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under a heading; prints as Markdown. */
final class TextTable {
  private final List<String> heading;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... heading) {
    this.heading = List.of(heading);
  }

  /** Adds a row of as many cells as the heading has. */
  TextTable row(String... cells) {
    if (cells.length != heading.size()) {
      throw new IllegalArgumentException("a row of " + heading + " has not " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[heading.size()];
    widen(widths, heading);
    rows.forEach(row -> widen(widths, row));
    StringBuilder text = new StringBuilder();
    line(text, widths, heading);
    for (int width : widths) {
      text.append('|').append("-".repeat(width + 2));
    }
    text.append("|\n");
    rows.forEach(row -> line(text, widths, row));
    return text.toString();
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static void line(StringBuilder text, int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
    }
    text.append("|\n");
  }
}
