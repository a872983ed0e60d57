package io.gossip.sim;

import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the processes of a world are started with, unless a scenario says otherwise of one. */
final class Blueprint {
  SwimConfig config = SwimConfig.lan();
  Map<String, String> state = Map.of();
  int seedCount = 3;
  private List<String> zones = List.of();

  void zones(Topology topology) {
    zones = topology.deal();
  }

  /** Number {@code index}, counted from 0. */
  NodeSpec spec(int index) {
    List<Seed> seeds = new ArrayList<>(seedCount);
    for (int i = 0; i < seedCount; i++) {
      String host = Simulation.address(i).getAddress().getHostAddress();
      seeds.add(new Seed(host, Simulation.PORT));
    }
    return new NodeSpec(
        new NodeId("n" + (index + 1)),
        Simulation.address(index),
        zones.isEmpty() ? "" : zones.get(index % zones.size()),
        state,
        seeds,
        config,
        Duration.ZERO,
        Duration.ZERO);
  }
}
