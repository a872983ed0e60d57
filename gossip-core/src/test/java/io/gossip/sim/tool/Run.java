package io.gossip.sim.tool;

import io.gossip.sim.Link;
import io.gossip.sim.Simulation;
import io.gossip.sim.Topology;
import io.gossip.sim.Violation;
import io.gossip.sim.tool.Expectation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a scenario under one seed. */
final class Run {
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(5);
  private static final int WATCHED_FULLY = 50;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Scenario scenario;
  private final long seed;
  private final Simulation sim;
  private final World world;
  private @Nullable String violation;

  Run(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.seed = seed;
    sim = new Simulation(seed).config(defaults -> scenario.config().toBuilder().trailLength(0));
    sim.seeds(scenario.seedNodes()).topology(topology(scenario)).initially(scenario.state());
    // Events are counted as they come, and what is sent is measured; big worlds are watched by
    // samples.
    sim.keepEvents(false).watchFullyOneIn(Math.max(1, scenario.nodes() / WATCHED_FULLY));
    sim.promises().bytesPerSecond(Integer.MAX_VALUE);
    Link everywhere = scenario.links().get(everywhere());
    if (everywhere != null) {
      sim.links(everywhere);
    }
    world = new World(scenario, sim);
  }

  private static Scenario.Ways everywhere() {
    return new Scenario.Ways(Scenario.Ways.Kind.EVERYWHERE, "", "");
  }

  private static Topology topology(Scenario scenario) {
    Topology topology = new Topology();
    for (Scenario.Region region : scenario.regions()) {
      if (region.name().isEmpty()) {
        topology.zone("", region.nodes());
      } else {
        topology.region(region.name(), region.zones(), region.nodes());
      }
    }
    scenario
        .links()
        .forEach(
            (ways, link) -> {
              switch (ways.kind()) {
                case SAME_ZONE -> topology.sameZone(link);
                case SAME_REGION -> topology.sameRegion(link);
                case BETWEEN_REGIONS -> topology.betweenRegions(link);
                case BETWEEN_TWO -> topology.betweenRegions(ways.one(), ways.other(), link);
                case EVERYWHERE -> {} // not the topology's
              }
            });
    return topology;
  }

  /** Plays it to the end, or to the first violation. */
  Run play() {
    try {
      start();
      world.begin();
      world.scenario().timetable().forEach(this::plan);
      for (long i = 1; i <= scenario.duration().dividedBy(LOOK); i++) {
        sim.run(LOOK);
        world.look();
        if (i % 10 == 0) {
          world.second();
        }
      }
    } catch (Violation e) {
      violation = e.getMessage();
    }
    return this;
  }

  private void start() {
    switch (scenario.start().mode()) {
      case ASSEMBLED -> {
        sim.assembled(scenario.nodes());
        world.settle();
        sim.run(scenario.warmup());
      }
      case JOINED -> {
        sim.nodes(scenario.nodes());
        world.settle();
        sim.runUntilConverged(JOIN_LIMIT);
        sim.run(scenario.warmup());
      }
      case COLD -> {
        for (int i = 0; i < scenario.nodes(); i++) {
          Duration wait = scenario.start().over().multipliedBy(i).dividedBy(scenario.nodes());
          sim.after(
              wait,
              () -> {
                sim.add();
                world.settle();
                world.moment("start");
              });
        }
      }
    }
  }

  private void plan(Planned planned) {
    sim.after(planned.first(), () -> happen(planned));
  }

  private void happen(Planned planned) {
    Duration until = planned.until() == null ? scenario.duration() : planned.until();
    if (world.time().compareTo(until) > 0) {
      return;
    }
    planned.happening().strike(world);
    if (planned.every() != null) {
      sim.after(planned.every(), () -> happen(planned));
    }
  }

  // What has come of it

  long seed() {
    return seed;
  }

  World world() {
    return world;
  }

  /** What must never be, and was; {@code null} if all was well. */
  @Nullable String violation() {
    return violation;
  }

  /** What there is to draw. */
  List<Series> series() {
    List<Series> series = new ArrayList<>();
    series.add(world.traffic().series());
    series.add(world.divergence().series());
    series.add(world.deaths().series());
    Spread.Mark worst = world.spread().worst(world.residents());
    if (worst != null) {
      series.add(worst.curve(world.residents()));
    }
    return series;
  }

  /** What was expected, and what came. */
  List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Expectation expectation : scenario.expectations()) {
      outcomes.add(expectation.check(world));
    }
    return outcomes;
  }

  /** Whether all went as expected. */
  boolean succeeded() {
    return violation == null && outcomes().stream().allMatch(Outcome::met);
  }
}
