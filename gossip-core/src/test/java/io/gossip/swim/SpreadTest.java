package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void changeAmongEightIsKnownToAllWithoutWaitingForAnOrdinaryRound() {
    int late = 0;
    for (long seed = 1; seed <= 100; seed++) {
      Simulation sim = new Simulation(seed).nodes(8);
      sim.runUntilConverged(Duration.ofSeconds(10));
      sim.run(Duration.ofSeconds(5));
      sim.node(3).put("colour", "blue");
      sim.run(Duration.ofMillis(1));
      Duration took = sim.runUntilConverged(Duration.ofSeconds(5));
      late += took.compareTo(Duration.ofMillis(100)) > 0 ? 1 : 0;
    }
    assertThat(late).as("of 100 changes").isLessThanOrEqualTo(3);
  }
}
