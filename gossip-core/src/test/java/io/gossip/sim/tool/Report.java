package io.gossip.sim.tool;

import io.gossip.sim.tool.Expectation.Outcome;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run shows on the console. But for what it cost, the same each time with the same seed. */
final class Report {
  private static final List<Counter> COUNTERS =
      List.of(
          Counter.SUSPICIONS,
          Counter.FALSE_SUSPICIONS,
          Counter.DEATHS_DECLARED,
          Counter.REFUTATIONS,
          Counter.VERDICTS_HELD,
          Counter.VERDICTS_BRAKED,
          Counter.LAST_LOOKS_SAVED,
          Counter.SYNCS,
          Counter.RUMORS_DROPPED,
          Counter.ROUNDS_CAPPED);

  private Report() {}

  /** All of it. */
  static String of(Run run, Cost cost) {
    StringBuilder text = new StringBuilder();
    Scenario scenario = run.world().scenario();
    text.append("# ").append(scenario.title()).append("\n\n");
    text.append(measured(run)).append('\n');
    if (!scenario.expectations().isEmpty()) {
      text.append(expected(run)).append('\n');
    }
    if (run.violation() != null) {
      text.append("VIOLATION: ").append(run.violation()).append("\n\n");
    }
    text.append("trace hash ").append(run.world().sim().traceHash()).append('\n');
    return text.append(cost).append('\n').toString();
  }

  private static TextTable measured(Run run) {
    World world = run.world();
    TextTable table = new TextTable("", "measured");
    table.row("seed", Long.toString(run.seed()));
    table.row("nodes", world.scenario().nodes() + ", at the end " + world.sim().running().size());
    table.row("time", Format.time(world.time()) + " after the beginning");
    spread(world, table);
    deaths(world, table);
    views(world, table);
    traffic(world.traffic(), table);
    for (Map.Entry<String, Integer> kind : world.tally().events().entrySet()) {
      table.row("events " + kind.getKey(), kind.getValue().toString());
    }
    for (Counter counter : COUNTERS) {
      long sum = world.tally().sum(counter);
      if (sum > 0) {
        table.row(counter.name(), Long.toString(sum));
      }
    }
    return table;
  }

  private static void spread(World world, TextTable table) {
    Spread spread = world.spread();
    if (spread.marks().isEmpty()) {
      return;
    }
    table.row("updates", Integer.toString(spread.marks().size()));
    for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
      table.row(
          "slowest update known to " + Format.share(share),
          Format.time(spread.slowest(share, world.residents())));
    }
    int residue = 0;
    for (Spread.Mark mark : spread.marks()) {
      residue += mark.residue(world.residents());
    }
    table.row("nodes an update never came to", Integer.toString(residue));
  }

  private static void deaths(World world, TextTable table) {
    Deaths deaths = world.deaths();
    table.row("false deaths by healthy nodes", count(deaths, Deaths.Kind.BY_HEALTHY));
    table.row("false deaths by afflicted nodes", count(deaths, Deaths.Kind.BY_AFFLICTED));
    table.row("false deaths across cuts", count(deaths, Deaths.Kind.ACROSS_CUTS));
    table.row("deaths of afflicted nodes", count(deaths, Deaths.Kind.OF_AFFLICTED));
    if (deaths.ended() == 0) {
      return;
    }
    table.row("processes that ended", Integer.toString(deaths.ended()));
    table.row("their deaths declared", Integer.toString(deaths.trueDeaths()));
    table.row("noticed by the first", quantiles(deaths.untilFirst()));
    table.row("known to all", quantiles(deaths.untilAll(world.residents())));
  }

  private static String count(Deaths deaths, Deaths.Kind kind) {
    return Integer.toString(deaths.count(kind));
  }

  private static String quantiles(List<@Nullable Duration> times) {
    return "median "
        + Format.time(Times.quantile(times, 0.5))
        + ", 99 % "
        + Format.time(Times.quantile(times, 0.99))
        + ", last "
        + Format.time(Times.quantile(times, 1));
  }

  private static void views(World world, TextTable table) {
    Divergence divergence = world.divergence();
    table.row("most views that differed at once", Format.share(divergence.worst()));
    for (String moment : divergence.moments()) {
      table.row("all views equal after the last " + moment, Format.time(divergence.after(moment)));
    }
  }

  private static void traffic(Traffic traffic, TextTable table) {
    table.row("bytes/s, any node but the seeds", traffic.others().toString());
    table.row("bytes/s, any seed", traffic.seeds().toString());
    table.row("bytes/s, any node over any 10 s", traffic.window().toString());
    if (!Double.isNaN(traffic.restBytes())) {
      table.row("bytes/s at rest, mean", Format.decimal(traffic.restBytes(), 1) + " B");
      table.row("bytes/s at rest, any node", traffic.restPeak().toString());
      table.row("packets/s at rest, mean", Format.decimal(traffic.restPackets(), 2));
    }
  }

  private static TextTable expected(Run run) {
    TextTable table = new TextTable("expected", "measured", "goal", "");
    for (Outcome outcome : run.outcomes()) {
      table.row(
          outcome.what(), outcome.measured(), outcome.goal(), outcome.met() ? "met" : "MISSED");
    }
    return table;
  }
}
