package io.gossip.sim.experiment;

import io.gossip.sim.Disturbance;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The faults that Rapid was tried with (Suresh and others, ATC 2018, §7): a hundredth of the
 * members loses most of what it sends or is sent, hears nobody every other while, or dies at once.
 */
public final class RapidExperiment {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final Duration FLIP = Duration.ofSeconds(20);
  private static final Duration EARLY = Duration.ofMinutes(2);

  /** What goes wrong with the faulty. */
  enum Scenario {
    /** Four of five packets they send are lost. */
    EGRESS,
    /** Four of five packets to them are lost. */
    INGRESS,
    /** They hear nobody for 20 s, and all for 20 s, in turn. */
    FLIP,
    /** They die. */
    CRASH,
    /** Their machines lose power. */
    SILENCE
  }

  /**
   * What came of it.
   *
   * @param ledger who was declared dead and taken in again
   * @param outEarly share of views without the faulty after two minutes, in percent
   * @param removals when the faulty were declared dead, since they are faulty
   * @param packets datagrams sent by all
   */
  record Result(Ledger ledger, double outEarly, Percentiles removals, long packets) {}

  private RapidExperiment() {}

  /** Runs it; {@code --help} says how. */
  public static void main(String... args) {
    Arguments arguments =
        Arguments.parse(
            List.of(
                "scenarios egress,ingress,flip,crash,silence",
                "setups ours",
                "nodes 1000",
                "faulty 10",
                "seconds 300",
                "seed 1"),
            args);
    if (arguments == null) {
      return;
    }
    System.out.println(
        "| scenario | setup | well declared dead by well | by faulty | out after 120 s % | at the"
            + " end % | re-admissions | removals s | packets (M) | wall s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (String scenario : arguments.list("scenarios")) {
      for (String name : arguments.list("setups")) {
        for (Setup setup : Setup.named(name)) {
          report(Scenario.valueOf(scenario.toUpperCase(Locale.ROOT)), setup, arguments);
        }
      }
    }
  }

  private static void report(Scenario scenario, Setup setup, Arguments arguments) {
    long begun = System.nanoTime();
    Result result =
        play(
            scenario,
            setup,
            arguments.number("nodes"),
            arguments.number("faulty"),
            Duration.ofSeconds(arguments.number("seconds")),
            arguments.number("seed"));
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %.1f | %.1f | %.2f | %s (%d) | %.2f | %.0f |%n",
        scenario.name().toLowerCase(Locale.ROOT),
        setup.name(),
        result.ledger.wrongByWell(),
        result.ledger.wrongByFaulty(),
        result.outEarly,
        result.ledger.outPercent(),
        result.ledger.readmissions(),
        result.removals,
        result.removals.count(),
        result.packets / 1e6,
        (System.nanoTime() - begun) / 1e9);
  }

  static Result play(
      Scenario scenario, Setup setup, int nodes, int faulty, Duration length, long seed) {
    Simulation sim =
        new Simulation(seed).config(setup.change()).keepEvents(false).watchFullyOneIn(nodes);
    sim.promises().bytesPerSecond(Integer.MAX_VALUE / 10);
    sim.assembled(nodes).run(QUIET);
    List<SimNode> afflicted = new ArrayList<>();
    for (int i = 0; i < faulty; i++) {
      afflicted.add(sim.node((2 * i + 1) * nodes / (2 * faulty)));
    }
    Ledger ledger = new Ledger(sim);
    ledger.faulty(afflicted);
    Duration begun = sim.time();
    Duration end = begun.plus(length);
    Duration early = EARLY.compareTo(length) < 0 ? EARLY : length;
    double[] outEarly = new double[1];
    sim.after(early, () -> outEarly[0] = ledger.outPercent());
    switch (scenario) {
      case EGRESS -> sim.faults().lose(afflicted, 0, 0.8);
      case INGRESS -> sim.faults().lose(afflicted, 0.8, 0);
      case FLIP -> flip(sim, afflicted, end);
      case CRASH -> afflicted.forEach(sim::crash);
      case SILENCE -> afflicted.forEach(sim::silence);
    }
    sim.run(end.minus(sim.time()));
    long packets = 0;
    for (SimNode node : sim.nodes()) {
      packets += node.stats().count(Counter.DATAGRAMS_SENT);
    }
    return new Result(ledger, outEarly[0], ledger.removals(begun), packets);
  }

  private static void flip(Simulation sim, List<SimNode> afflicted, Duration end) {
    while (sim.time().compareTo(end) < 0) {
      Disturbance deaf = sim.faults().lose(afflicted, 1, 0);
      sim.run(FLIP);
      deaf.end();
      sim.run(FLIP.compareTo(end.minus(sim.time())) < 0 ? FLIP : end.minus(sim.time()));
    }
  }
}
