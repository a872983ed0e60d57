package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

  /** A bit of everything. */
  private static Simulation eventfulLife(long seed) {
    Simulation sim =
        new Simulation(seed).links(Link.lan().withLoss(0.05).withDuplication(0.05)).nodes(6);
    sim.run(Duration.ofSeconds(5));
    sim.node(1).put("colour", "blue");
    sim.pause(sim.node(2), Duration.ofSeconds(3));
    sim.run(Duration.ofSeconds(5));
    sim.crash(sim.node(3));
    sim.partition(sim.nodes().subList(0, 3), sim.nodes().subList(3, 6));
    sim.run(Duration.ofSeconds(20));
    sim.heal();
    sim.restart(sim.node(3));
    sim.node(4).leave();
    sim.run(Duration.ofSeconds(20));
    return sim;
  }

  @Test
  void sameSeedGivesTheSameRun() {
    Seeds.each(
        3,
        seed ->
            assertThat(eventfulLife(seed).traceHash()).isEqualTo(eventfulLife(seed).traceHash()));
  }

  @Test
  void anotherSeedGivesAnotherRun() {
    assertThat(eventfulLife(1).traceHash()).isNotEqualTo(eventfulLife(2).traceHash());
  }

  @Test
  void nodesFindEachOther() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(8);
          Duration took = sim.runUntilConverged(Duration.ofSeconds(5));
          assertThat(took).isLessThan(Duration.ofSeconds(5));
          assertThat(sim.running()).hasSize(8);
          assertThat(sim.falseDeaths()).isEqualTo(List.of());
        });
  }
}
