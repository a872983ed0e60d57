package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.3})
  void nobodyIsDeclaredDeadBecausePacketsGetLost(double loss) {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(32);
          sim.runUntilConverged(Duration.ofSeconds(10));
          sim.links(Link.lan().withLoss(loss)).run(Duration.ofSeconds(150));
          assertThat(sim.falseDeaths()).as("at a loss of %s", loss).isEmpty();
          sim.links(Link.lan()).runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.3})
  void crashIsFoundInSpiteOfLoss(double loss) {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(16);
          sim.runUntilConverged(Duration.ofSeconds(10));
          sim.links(Link.lan().withLoss(loss)).run(Duration.ofSeconds(10));
          sim.crash(sim.node(7));
          sim.run(Duration.ofSeconds(60));
          assertThat(sim.falseDeaths()).isEmpty();
          sim.links(Link.lan()).runUntilConverged(Duration.ofSeconds(30));
        });
  }
}
