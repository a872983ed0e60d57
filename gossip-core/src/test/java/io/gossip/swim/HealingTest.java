package io.gossip.swim;

import static io.gossip.swim.Clusters.grown;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealingTest {

  private static void cutUntilEachHalfIsAlone(
      Simulation sim, List<SimNode> one, List<SimNode> two) {
    sim.partition(one, two);
    sim.runUntil(
        "two clusters",
        () -> Simulation.converged(one) && Simulation.converged(two),
        Duration.ofMinutes(3));
  }

  @Test
  @DisplayName("T-F 79: a cut shorter than the suspicion removes nobody")
  void shortCutRemovesNobody() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 8);
          sim.partition(sim.nodes().subList(0, 4), sim.nodes().subList(4, 8));
          sim.run(Duration.ofSeconds(2));
          sim.heal();
          sim.run(Duration.ofSeconds(30));
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.converged()).isTrue();
        });
  }

  @Test
  @DisplayName("T-F 80: two halves that declared each other dead become one cluster again")
  void halvesFindEachOtherAgain() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          cutUntilEachHalfIsAlone(sim, sim.nodes().subList(0, 4), sim.nodes().subList(4, 8));
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @Test
  @DisplayName("T-F 80: … also when the seeds are gone")
  void halvesFindEachOtherAgainWithoutSeeds() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 11);
          for (int i = 0; i < 3; i++) {
            sim.silence(sim.node(i));
          }
          sim.runUntilConverged(Duration.ofSeconds(60));
          cutUntilEachHalfIsAlone(sim, sim.nodes().subList(3, 7), sim.nodes().subList(7, 11));
          sim.run(Duration.ofMinutes(2));
          sim.heal();
          sim.runUntilConverged(Duration.ofMinutes(1));
        });
  }

  @Test
  @DisplayName("T-F 80: … also a single member that was cut off from all others")
  void loneMemberFindsTheOthersAgain() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 6);
          List<SimNode> alone = sim.nodes().subList(5, 6);
          cutUntilEachHalfIsAlone(sim, sim.nodes().subList(0, 5), alone);
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @Test
  @DisplayName("T-F 81: a second cut heals like the first")
  void secondCutHealsLikeTheFirst() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 8);
          for (int cut = 0; cut < 2; cut++) {
            cutUntilEachHalfIsAlone(sim, sim.nodes().subList(0, 4), sim.nodes().subList(4, 8));
            sim.heal();
            sim.runUntilConverged(Duration.ofSeconds(60));
          }
        });
  }

  @Test
  void changesMadeOnBothSidesOfACutAreKnownToAllAfterIt() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 8);
          sim.node(1).put("colour", "blue");
          cutUntilEachHalfIsAlone(sim, sim.nodes().subList(0, 4), sim.nodes().subList(4, 8));
          sim.node(1).put("colour", "green");
          sim.node(6).put("size", "large");
          SimNode again = sim.restart(sim.node(7));
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(60));
          assertThat(sim.node(0).record(again.id())).isEqualTo(again.self());
        });
  }
}
