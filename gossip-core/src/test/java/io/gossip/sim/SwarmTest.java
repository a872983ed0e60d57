package io.gossip.sim;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SwarmTest {

  @Test
  void whateverHappensNothingImpossibleDoesAndAllAgreeInTheEnd() {
    Seeds.each(
        Integer.getInteger("sim.seeds", 400),
        seed -> {
          Simulation sim = new Simulation(seed);
          sim.nodes(2 + (int) (Math.exp(sim.random().nextDouble() * Math.log(15)) - 0.5));
          Swarm swarm = new Swarm(sim);
          swarm.rage(Duration.ofSeconds(20 + sim.random().nextInt(100)));
          swarm.calm();
          sim.runUntilConverged(Duration.ofSeconds(60));
        });
  }
}
