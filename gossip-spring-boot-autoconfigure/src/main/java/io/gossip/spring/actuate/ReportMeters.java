package io.gossip.spring.actuate;

import io.gossip.NodeReport;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.Convergence;
import io.gossip.swim.SwimReport.SeedReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What only the node's account of itself tells, as gauges: a row for each. All of them together
 * cost one account a second, however often they are read; while there is none they read {@link
 * Double#NaN}.
 */
final class ReportMeters {

  private record Row(
      String name,
      Tags tags,
      @Nullable String unit,
      String description,
      ToDoubleFunction<SwimReport> value) {}

  private static final String SEEDS = "Seeds, by whether the last attempt was answered";
  private static final String LAG =
      "Time from a change of this node's state until such a share of the members asked have it";
  private static final String HOPS =
      "Members that an update came through before it reached this node";

  private static final List<Row> ROWS =
      List.of(
          row("gossip.local.health", "Lifeguard's score; 0 is healthy", SwimReport::localHealth),
          row("gossip.broadcasts.pending", "Updates waiting to be told", SwimReport::rumors),
          row(
              "gossip.watch.links",
              "Members watched over TCP connections of this node's",
              SwimReport::watched),
          row(
              "gossip.watch.links.wanted",
              "Members that this node should watch so",
              SwimReport::toWatch),
          row(
              "gossip.zones.unreachable",
              "Zones and regions that are cut off from this node",
              swim -> swim.unreachableZones().size()),
          row(
              "gossip.paths.narrow",
              "Members that get small datagrams and no large ones",
              SwimReport::narrowPaths),
          row("gossip.seeds", SEEDS, swim -> seeds(swim, true), "state", "reachable"),
          row("gossip.seeds", SEEDS, swim -> seeds(swim, false), "state", "unreachable"),
          row("gossip.seeds", SEEDS, swim -> seeds(swim, null), "state", "untried"),
          row(
              "gossip.view.agreement",
              "Share of the members heard of late that have the same view; 1 when none was heard",
              swim -> share(swim.convergence().agreeing(), swim.convergence().heard(), 1)),
          convergence(
              "gossip.convergence.holding",
              "Share of the members asked since the last change of this node's state that have it",
              c -> share(c.holding(), c.sampled(), Double.NaN)),
          convergence(
              "gossip.convergence.sampled",
              "Members asked since the last change of this node's state",
              Convergence::sampled),
          lag("0.5", Convergence::lag50),
          lag("0.99", Convergence::lag99),
          convergence(
              "gossip.convergence.residue",
              "Share of the members that gossip leaves to repair",
              Convergence::residue),
          convergence(
              "gossip.convergence.rounds",
              "Rounds of gossip in which this node tells a change, on average",
              Convergence::rounds),
          convergence("gossip.convergence.hops", HOPS, Convergence::hops, "stat", "mean"),
          convergence(
              "gossip.convergence.hops",
              HOPS,
              c -> Double.isNaN(c.hops()) ? Double.NaN : c.mostHops(),
              "stat",
              "max"));

  private ReportMeters() {}

  private static Row row(
      String name, String description, ToDoubleFunction<SwimReport> value, String... tags) {
    return new Row(name, Tags.of(tags), null, description, value);
  }

  private static Row convergence(
      String name, String description, ToDoubleFunction<Convergence> value, String... tags) {
    return row(name, description, swim -> value.applyAsDouble(swim.convergence()), tags);
  }

  private static Row lag(String quantile, Lag lag) {
    return new Row(
        "gossip.convergence.lag",
        Tags.of("quantile", quantile),
        "seconds",
        LAG,
        swim -> seconds(lag.of(swim.convergence())));
  }

  /** One of the two that are known. */
  private interface Lag {
    @Nullable Duration of(Convergence convergence);
  }

  static void bind(Reports reports, MeterRegistry registry) {
    for (Row row : ROWS) {
      Gauge.builder(row.name, reports, r -> read(r, row.value))
          .description(row.description)
          .tags(row.tags)
          .baseUnit(row.unit)
          .register(registry);
    }
  }

  private static double read(Reports reports, ToDoubleFunction<SwimReport> value) {
    NodeReport report = reports.recent();
    return report == null ? Double.NaN : value.applyAsDouble(report.swim());
  }

  private static double seeds(SwimReport swim, @Nullable Boolean reachable) {
    int count = 0;
    for (SeedReport seed : swim.seeds()) {
      count += Objects.equals(seed.reachable(), reachable) ? 1 : 0;
    }
    return count;
  }

  private static double share(int part, int whole, double none) {
    return whole == 0 ? none : (double) part / whole;
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? Double.NaN : duration.toNanos() / 1e9;
  }
}
