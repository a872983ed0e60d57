package io.gossip.sim.experiment;

import io.gossip.membership.MembershipEvent.Isolated;
import io.gossip.sim.Disturbance;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Processes that are starved of their CPU (Lifeguard's figure 1), that pause in step, and that are
 * left alone: whom they declare dead, and who does so with them.
 */
public final class HardshipExperiment {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final Duration REDRAW = Duration.ofSeconds(5);
  private static final Duration SLOW_SERVICE = Duration.ofMillis(2); // 20 times the usual 100 µs
  private static final int LATEST_MILLIS = 3_000;
  private static final int[] STARVED = {4, 8, 16, 32};

  private HardshipExperiment() {}

  /** Runs it; {@code --help} says how. */
  public static void main(String... args) {
    Arguments arguments =
        Arguments.parse(List.of("parts starved,paused,alone", "setups ours", "seed 1"), args);
    if (arguments == null) {
      return;
    }
    for (String name : arguments.list("setups")) {
      for (Setup setup : Setup.named(name)) {
        report(setup, arguments);
      }
    }
  }

  private static void report(Setup setup, Arguments arguments) {
    List<String> parts = arguments.list("parts");
    long seed = arguments.number("seed");
    if (parts.contains("starved")) {
      for (int count : STARVED) {
        Ledger deaths = starved(setup, 100, count, Duration.ofMinutes(5), seed);
        say(setup, count + " of 100 starved for 5 min", deaths);
      }
    }
    if (parts.contains("paused")) {
      for (int nodes : new int[] {128, 300}) {
        Duration pause = Duration.ofSeconds(2);
        Ledger deaths = paused(setup, nodes, 0.3, pause, 12, seed);
        say(setup, "30 % of " + nodes + " paused for 2 s in step, 12 times", deaths);
      }
      Ledger deaths = paused(setup, 128, 0.3, Duration.ofSeconds(8), 6, seed);
      say(setup, "30 % of 128 paused for 8 s in step, 6 times", deaths);
    }
    if (parts.contains("alone")) {
      for (int nodes : new int[] {2, 3, 5, 8}) {
        Alone alone = alone(setup, nodes, seed);
        System.out.printf(
            Locale.ROOT,
            "%s: left alone of %d: all others removed after %.1f s, said to be isolated: %s%n",
            setup.name(),
            nodes,
            alone.removed.toMillis() / 1e3,
            alone.saidSo);
      }
    }
  }

  private static void say(Setup setup, String what, Ledger deaths) {
    System.out.printf(
        Locale.ROOT,
        "%s: %s: well declared dead by well %d, by afflicted %d; views without the afflicted at the"
            + " end %.1f %%%n",
        setup.name(),
        what,
        deaths.wrongByWell(),
        deaths.wrongByFaulty(),
        deaths.outPercent());
  }

  /** Some members whose every turn comes up to 3 s late and costs 20 times what it should. */
  static Ledger starved(Setup setup, int nodes, int count, Duration time, long seed) {
    Simulation sim = world(setup, nodes, seed);
    List<SimNode> hungry = everyNth(sim, count);
    Ledger ledger = new Ledger(sim);
    ledger.faulty(hungry);
    sim.faults().slow(hungry, SLOW_SERVICE);
    for (long i = 0; i < time.dividedBy(REDRAW); i++) {
      List<Disturbance> late = new ArrayList<>();
      for (SimNode node : hungry) {
        Duration delay = Duration.ofMillis(sim.random().nextInt(LATEST_MILLIS));
        late.add(sim.faults().starve(List.of(node), delay));
      }
      sim.run(REDRAW);
      late.forEach(Disturbance::end);
    }
    return ledger;
  }

  /** A share of the members stops and goes on, all in the same moments. */
  static Ledger paused(Setup setup, int nodes, double share, Duration pause, int times, long seed) {
    Simulation sim = world(setup, nodes, seed);
    List<SimNode> stopped = everyNth(sim, (int) (share * nodes));
    Ledger ledger = new Ledger(sim);
    ledger.faulty(stopped);
    for (int i = 0; i < times; i++) {
      Disturbance fault = sim.faults().pause(stopped);
      sim.run(pause);
      fault.end();
      sim.run(Duration.ofSeconds(8).plusMillis(sim.random().nextInt(1_000)));
    }
    return ledger;
  }

  /**
   * How one fares that is left.
   *
   * @param removed when the last of the others was removed
   * @param saidSo whether it published that it is isolated
   */
  record Alone(Duration removed, boolean saidSo) {}

  /** All hosts but one lose their power. */
  static Alone alone(Setup setup, int nodes, long seed) {
    Simulation sim = world(setup, nodes, seed);
    SimNode survivor = sim.node(0);
    boolean[] said = new boolean[1];
    sim.listen((observer, event) -> said[0] |= event instanceof Isolated);
    sim.nodes().subList(1, nodes).forEach(sim::silence);
    Duration taken =
        sim.runUntil(
            "all others are gone",
            () -> survivor.view().members().size() == 1,
            Duration.ofMinutes(5));
    return new Alone(taken, said[0]);
  }

  private static Simulation world(Setup setup, int nodes, long seed) {
    Simulation sim =
        new Simulation(seed).config(setup.change()).keepEvents(false).watchFullyOneIn(nodes);
    sim.promises().bytesPerSecond(Integer.MAX_VALUE / 10);
    return sim.assembled(nodes).run(QUIET);
  }

  private static List<SimNode> everyNth(Simulation sim, int count) {
    List<SimNode> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(sim.node((2 * i + 1) * sim.nodes().size() / (2 * count)));
    }
    return chosen;
  }
}
