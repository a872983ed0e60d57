package io.gossip.swim;

import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What many scenarios begin with. */
final class Clusters {

  private Clusters() {}

  /** Members that know each other, and have had five seconds since. */
  static Simulation grown(long seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(10));
    return sim.run(Duration.ofSeconds(5));
  }

  /** All but this one. */
  static List<SimNode> others(Simulation sim, SimNode node) {
    List<SimNode> others = new ArrayList<>(sim.nodes());
    others.remove(node);
    return others;
  }
}
