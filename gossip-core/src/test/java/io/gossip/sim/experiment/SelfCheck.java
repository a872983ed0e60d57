package io.gossip.sim.experiment;

import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.NodeId;
import io.gossip.sim.Link;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds the simulated world against SWIM's formulas (Das, Gupta, Motivala, 2002, §3.2), with the
 * state machine as plain SWIM: how often a probe of a well member fails at a loss of packets, and
 * how many periods pass until a dead one is probed.
 */
public final class SelfCheck {
  /** Mean periods until somebody probes a given member, e / (e − 1). */
  static final double PERIODS = Math.E / (Math.E - 1);

  private static final double[] LOSSES = {0.01, 0.05, 0.1, 0.3};
  private static final int[] RELAYS = {1, 3};
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private SelfCheck() {}

  /**
   * Probes that failed although their target was well.
   *
   * @param memberPeriods protocol periods, each member's counted
   */
  record Failures(long memberPeriods, long failed) {
    double rate() {
      return failed / (double) memberPeriods;
    }
  }

  /** Runs it; {@code --help} says how. */
  public static void main(String... args) {
    Arguments arguments =
        Arguments.parse(
            List.of("nodes 64", "seconds 2000", "victims 40", "worlds 10", "seed 1"), args);
    if (arguments != null) {
      rates(arguments);
      periods(arguments);
    }
  }

  private static void rates(Arguments arguments) {
    System.out.println("| loss | k | member-periods | failed probes | measured | formula | off |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (double loss : LOSSES) {
      for (int relays : RELAYS) {
        Failures failures =
            failures(
                loss,
                relays,
                arguments.number("nodes"),
                Duration.ofSeconds(arguments.number("seconds")),
                arguments.number("seed"));
        double formula = formula(loss, relays);
        System.out.printf(
            Locale.ROOT,
            "| %.0f %% | %d | %d | %d | %.3g | %.3g | %+.1f %% |%n",
            100 * loss,
            relays,
            failures.memberPeriods,
            failures.failed,
            failures.rate(),
            formula,
            100 * (failures.rate() / formula - 1));
      }
    }
  }

  private static void periods(Arguments arguments) {
    Percentiles all = new Percentiles();
    for (int world = 0; world < arguments.number("worlds"); world++) {
      all.addAll(
          periods(
              arguments.number("nodes"),
              arguments.number("victims"),
              arguments.number("seed") + (long) world));
    }
    System.out.printf(
        Locale.ROOT,
        "%nFirst probe of a dead member in the %.3fth period on average (%d deaths); e/(e-1) is"
            + " %.3f: %+.1f %%%n",
        all.mean(),
        all.count(),
        PERIODS,
        100 * (all.mean() / PERIODS - 1));
  }

  /**
   * The chance that the probe of a well member fails: its ping or the ack is lost, and so is one of
   * the four packets by way of each relay. The paper's formula has a further factor of e / (e − 1)
   * since it counts per e / (e − 1) periods.
   */
  static double formula(double loss, int relays) {
    double arrives = 1 - loss;
    return (1 - Math.pow(arrives, 2)) * Math.pow(1 - Math.pow(arrives, 4), relays);
  }

  static Failures failures(double loss, int relays, int nodes, Duration time, long seed) {
    Simulation sim =
        new Simulation(seed)
            .config(Setup.formula(relays).change())
            .links(Link.lan().withLoss(loss))
            .keepEvents(false)
            .watchFullyOneIn(nodes);
    sim.promises().bytesPerSecond(Integer.MAX_VALUE / 10);
    sim.assembled(nodes).run(Duration.ofSeconds(10));
    long before = failed(sim);
    sim.run(time);
    return new Failures(nodes * time.dividedBy(PERIOD), failed(sim) - before);
  }

  private static long failed(Simulation sim) {
    return sim.nodes().stream().mapToLong(node -> node.stats().count(Counter.PROBES_FAILED)).sum();
  }

  /** The first suspicion of one that has died. */
  private static final class FirstSuspicion {
    private @Nullable NodeId victim;
    private @Nullable Duration at;
  }

  /** In which period after its death each of so many members was first probed. */
  static Percentiles periods(int nodes, int victims, long seed) {
    FirstSuspicion first = new FirstSuspicion();
    Simulation sim =
        new Simulation(seed).config(Setup.QUICK.change()).keepEvents(false).watchFullyOneIn(nodes);
    sim.listen(
        (observer, event) -> {
          if (event instanceof Suspected
              && event.member().id().equals(first.victim)
              && first.at == null) {
            first.at = sim.time();
          }
        });
    sim.assembled(nodes).run(Duration.ofSeconds(10));
    Percentiles periods = new Percentiles();
    for (int i = 0; i < victims; i++) {
      sim.run(Duration.ofMillis(sim.random().nextInt(1_000)));
      SimNode victim = sim.node(i);
      first.victim = victim.id();
      first.at = null;
      sim.silence(victim);
      Duration death = sim.time();
      sim.run(Duration.ofSeconds(12));
      if (first.at == null) {
        throw new IllegalStateException(victim + " was not missed by anybody");
      }
      // A probe takes a whole period to fail.
      double begun = first.at.minus(death).minus(PERIOD).toNanos() / (double) PERIOD.toNanos();
      periods.add(Math.max(1, Math.ceil(begun)));
    }
    return periods;
  }
}
