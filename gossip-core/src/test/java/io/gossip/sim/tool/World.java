package io.gossip.sim.tool;

import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.sim.NodeSpec;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A scenario's world while it runs: who is where, what is cut, and what has been measured. */
final class World {
  private final Scenario scenario;
  private final Simulation sim;
  private final List<Resident> residents = new ArrayList<>();
  private final Map<NodeId, Resident> byName = new HashMap<>(); // looked up only
  private final Map<String, List<Resident>> groups = new LinkedHashMap<>();
  private final Cuts cuts = new Cuts();
  private final Traffic traffic;
  private final Spread spread = new Spread();
  private final Deaths deaths;
  private final Divergence divergence = new Divergence();
  private final Tally tally = new Tally();
  private Duration zero = Duration.ZERO;
  private boolean measuring;
  private int named;

  World(Scenario scenario, Simulation sim) {
    this.scenario = scenario;
    this.sim = sim;
    traffic = new Traffic(scenario.seedNodes(), scenario.rest());
    deaths = new Deaths(cuts::separated);
    sim.listen(this::published);
  }

  private void published(SimNode observer, MembershipEvent event) {
    if (!measuring) {
      return;
    }
    Resident resident = byName.get(observer.id());
    if (resident != null) {
      tally.published(event);
      deaths.published(resident, byName.get(event.member().id()), event, sim.time());
      spread.saw(resident, event.member(), sim.time());
    }
  }

  // Time

  /** Time 0: from here on it is measured. */
  void begin() {
    zero = sim.time();
    measuring = true;
    traffic.begin(residents);
    scenario.groups().forEach((name, who) -> groups.put(name, choose(who, true)));
    moment("start");
  }

  /** Time since time 0. */
  Duration time() {
    return sim.time().minus(zero);
  }

  /** Something happened after which the views should become equal again. */
  void moment(String name) {
    if (measuring) {
      divergence.moment(name, sim.time());
    }
  }

  /** A tenth of a second has passed. */
  void look() {
    divergence.look(sim.time(), sim.running());
  }

  /** A second has passed. */
  void second() {
    traffic.second(time(), residents);
    deaths.second(time());
    divergence.sample(time(), sim.running());
  }

  // Who is there

  /** Takes the processes in that the simulation has and that are not known here. */
  void settle() {
    for (int slot = residents.size(); slot < sim.nodes().size(); slot++) {
      Resident resident = new Resident(slot, sim.node(slot), sim.time());
      residents.add(resident);
      byName.put(resident.node().id(), resident);
      tally.started(resident.node().stats());
    }
  }

  /** Starts a process in the place of another, which is killed if it still runs. */
  void replace(Resident resident, NodeSpec spec) {
    if (resident.isRunning() && measuring) {
      deaths.ended(resident, sim.time(), residents);
    }
    byName.remove(resident.node().id(), resident);
    byName.put(spec.id(), resident);
    resident.succeed(sim.replace(resident.node(), spec), sim.time());
    tally.started(resident.node().stats());
  }

  /** A process is about to end without a word. */
  void ending(Resident resident) {
    deaths.ended(resident, sim.time(), residents);
    moment("crash");
  }

  /** A name nobody had. */
  String freshName() {
    return "x" + ++named;
  }

  /** Those this is about that run and are not paused, or all slots if {@code any}. */
  List<Resident> choose(Who who, boolean any) {
    List<Resident> candidates = new ArrayList<>();
    for (Resident resident : in(who.place())) {
      if (any || (resident.isRunning() && !resident.node().isPaused())) {
        candidates.add(resident);
      }
    }
    return who.choose(candidates, sim.random());
  }

  private List<Resident> in(Place place) {
    if (place.kind() == Place.Kind.GROUP) {
      List<Resident> group = groups.get(place.name());
      if (group == null) {
        throw new IllegalStateException(
            "groups are chosen at time 0, and then there was no " + place);
      }
      return group;
    }
    List<Resident> there = new ArrayList<>();
    for (Resident resident : residents) {
      if (isIn(resident, place)) {
        there.add(resident);
      }
    }
    return there;
  }

  private boolean isIn(Resident resident, Place place) {
    return switch (place.kind()) {
      case ALL -> true;
      case SEEDS -> resident.slot() < scenario.seedNodes();
      case REGION -> resident.region().equals(place.name());
      case ZONE -> resident.zone().equals(place.name());
      case NODE -> resident.slot() + 1 == Integer.parseInt(place.name());
      case GROUP -> false;
    };
  }

  // What faults work on

  Simulation sim() {
    return sim;
  }

  Cuts cuts() {
    return cuts;
  }

  RandomGenerator random() {
    return sim.random();
  }

  /** Does something after a while. */
  void after(Duration time, Runnable action) {
    sim.after(time, action);
  }

  /** Does something after a while; never if {@code time} is {@code null}. */
  void afterAny(@Nullable Duration time, Runnable action) {
    if (time != null) {
      sim.after(time, action);
    }
  }

  // What was measured

  Scenario scenario() {
    return scenario;
  }

  List<Resident> residents() {
    return Collections.unmodifiableList(residents);
  }

  Traffic traffic() {
    return traffic;
  }

  Spread spread() {
    return spread;
  }

  Deaths deaths() {
    return deaths;
  }

  Divergence divergence() {
    return divergence;
  }

  Tally tally() {
    return tally;
  }
}
