package io.gossip.swim;

import static io.gossip.swim.SwimStats.Counter.PAUSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

  private static Simulation grown(long seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(10));
    return sim.run(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void pausedMemberIsNotDeclaredDead(int seconds) {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 8);
          sim.pause(sim.node(4), Duration.ofSeconds(seconds));
          sim.run(Duration.ofSeconds(seconds + 30));
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.converged()).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void pauseIsForgivenInTheSmallestClusters(int nodes) {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, nodes);
          sim.pause(sim.node(1), Duration.ofSeconds(5));
          sim.run(Duration.ofSeconds(30));
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.converged()).isTrue();
        });
  }

  @Test
  @DisplayName("T-B 26: who was paused accuses nobody for probes that were in flight")
  void pausedMemberAccusesNobody() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode paused = sim.node(4);
          sim.pause(paused, Duration.ofSeconds(3));
          sim.run(Duration.ofSeconds(3));
          assertThat(paused.stats().count(PAUSES)).isPositive();
          assertThat(paused.report().localHealth()).isPositive();
          sim.run(Duration.ofSeconds(20));
          for (SimNode other : sim.nodes()) {
            assertThat(paused.events(Suspected.class, other)).isEmpty();
          }
        });
  }

  @Test
  void pauseOfAThirdOfAllInLockStepKillsNobody() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 18);
          for (int i = 0; i < 6; i++) {
            sim.pause(sim.node(3 * i), Duration.ofSeconds(2));
          }
          sim.run(Duration.ofSeconds(40));
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.converged()).isTrue();
        });
  }

  @Test
  void endlessPauseIsFoundOutInTheEnd() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode stopped = sim.node(4);
          sim.pause(stopped);
          sim.run(Duration.ofSeconds(60));
          List<SimNode> others = sim.running();
          others.remove(stopped);
          assertThat(others)
              .allSatisfy(node -> assertThat(node.events(Failed.class, stopped)).hasSize(1));
          sim.resume(stopped);
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }
}
