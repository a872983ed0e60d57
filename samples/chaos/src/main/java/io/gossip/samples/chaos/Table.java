package io.gossip.samples.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes of all faults, in Markdown. */
final class Table {

  private final StringBuilder text =
      new StringBuilder(
          """
          | fault | calls | failed, median (least to most) | last failure after | out of every rotation after | \
          new instance used after | p50, p99 |
          |---|---|---|---|---|---|---|
          """);

  void add(Fault fault, List<Outcome> outcomes) {
    int least = outcomes.stream().mapToInt(Outcome::failed).min().orElse(0);
    int most = outcomes.stream().mapToInt(Outcome::failed).max().orElse(0);
    Map<String, Integer> why = new TreeMap<>();
    outcomes.forEach(
        outcome -> outcome.why().forEach((kind, n) -> why.merge(kind, n, Integer::sum)));
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f (%d to %d)%s | %s | %s | %s | %.1f ms, %.1f ms |%n",
            fault.title(),
            Outcome.median(outcomes, Outcome::calls),
            Outcome.median(outcomes, Outcome::failed),
            least,
            most,
            why.isEmpty() ? "" : " " + why,
            seconds(Outcome.median(outcomes, Outcome::lastFailure)),
            seconds(Outcome.median(outcomes, Outcome::out)),
            seconds(Outcome.median(outcomes, Outcome::firstUse)),
            Outcome.median(outcomes, Outcome::median),
            Outcome.median(outcomes, Outcome::p99)));
  }

  private static String seconds(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f s", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
