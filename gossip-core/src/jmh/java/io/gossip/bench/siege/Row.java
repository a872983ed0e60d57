package io.gossip.bench.siege;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one attack came to: cells by their heading, and what of it misses its goal. */
final class Row {

  private final String attack;
  private final Map<String, String> cells = new LinkedHashMap<>();
  private final List<String> misses = new ArrayList<>();

  Row(String attack) {
    this.attack = attack;
  }

  String attack() {
    return attack;
  }

  Map<String, String> cells() {
    return cells;
  }

  List<String> misses() {
    return misses;
  }

  /** Something without a goal. */
  Row say(String heading, String value) {
    cells.put(heading, value);
    return this;
  }

  /** A number, in as many digits as its unit needs. */
  Row value(String heading, double value, String unit) {
    return say(heading, text(value, unit));
  }

  /** A number that should not exceed its goal. */
  Row atMost(String heading, double value, String unit, double goal) {
    if (!(value <= goal)) {
      misses.add(heading + " " + text(value, unit) + ", goal " + text(goal, unit));
    }
    return value(heading, value, unit);
  }

  @Override
  public String toString() {
    return attack + " " + cells;
  }

  static String text(double value, String unit) {
    if (Double.isInfinite(value)) {
      return "never";
    }
    boolean whole = value == Math.rint(value);
    String number =
        whole
            ? String.format(Locale.ROOT, "%,d", (long) value)
            : String.format(Locale.ROOT, "%.2f", value);
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
