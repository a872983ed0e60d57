package io.gossip.swim;

import static io.gossip.swim.Clusters.grown;
import static io.gossip.swim.Clusters.others;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MemberStatus;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Who is left alone, and what it makes of many deaths at once. */
class SurvivorTest {

  private static void allOthersAreGoneWithin(
      Duration limit, int members, BiConsumer<Simulation, SimNode> end) {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, members);
          SimNode survivor = sim.node(members - 1);
          others(sim, survivor).forEach(node -> end.accept(sim, node));
          Duration alone =
              sim.runUntil(
                  "alone", () -> survivor.view().members().size() == 1, Duration.ofMinutes(2));
          assertThat(alone).as("seed %s", seed).isLessThan(limit);
        });
  }

  @Test
  void soleSurvivorOfFiveToEightRemovesTheOthersWithinTheHoldAndTenSeconds() {
    Duration limit = SwimConfig.lan().deafHold().plusSeconds(10);
    for (int members = 5; members <= 8; members++) {
      allOthersAreGoneWithin(limit, members, Simulation::silence);
      allOthersAreGoneWithin(limit, members, Simulation::crash);
    }
  }

  @Test
  void soleSurvivorOfThreeRemovesTheOthersWithinFifteenSeconds() {
    allOthersAreGoneWithin(Duration.ofSeconds(15), 3, Simulation::silence);
    allOthersAreGoneWithin(Duration.ofSeconds(15), 2, Simulation::silence);
  }

  @Test
  void hostThatAnswersNothingIsSuspectedBeforeThePeriodOfItsProbeIsOver() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 3);
          SimNode silent = sim.node(2);
          sim.silence(silent);
          Duration suspected =
              sim.runUntil(
                  "suspected",
                  () -> sim.node(0).status(silent) == MemberStatus.SUSPECT,
                  Duration.ofSeconds(10));
          // First in one round and last in the next: at most three periods until somebody probes
          // it, and half of one more.
          assertThat(suspected).as("seed %s", seed).isLessThan(Duration.ofMillis(3_700));
        });
  }

  @Test
  void threeInTenWithoutPowerAreRemovedAndNobodyElse() {
    Simulation sim = new Simulation(1).watchFullyOneIn(10).assembled(100);
    sim.run(Duration.ofSeconds(5));
    List<SimNode> silent = List.copyOf(sim.nodes().subList(60, 90));
    silent.forEach(sim::silence);
    Duration began = sim.time();
    while (!sim.converged() && sim.time().minus(began).toSeconds() < 60) {
      sim.run(Duration.ofSeconds(1));
    }
    assertThat(sim.time().minus(began)).isLessThan(Duration.ofSeconds(30));
    assertThat(sim.falseDeaths()).isEmpty();
  }
}
