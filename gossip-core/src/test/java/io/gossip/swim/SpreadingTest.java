package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who wants to know how far its state has got. */
class SpreadingTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private static Simulation grown(long seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(20));
    return sim.run(Duration.ofSeconds(3));
  }

  @Test
  void allAreKnownToHaveItWithinAFewRoundTrips() {
    Simulation sim = grown(1, 32);
    SimNode node = sim.node(7);
    node.put("service.status", "LEAVING");
    node.spread();
    Duration took = sim.runUntil("spread", () -> isDone(node), SOON);
    assertThat(took).isLessThan(Duration.ofMillis(20));
    assertThat(node.spreadConfirmed()).isEqualTo(31);
    for (SimNode other : sim.nodes()) {
      assertThat(other.stateOf(node)).containsEntry("service.status", "LEAVING");
    }
  }

  @Test
  void whatIsLostIsToldAgain() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 16);
          sim.links(Link.lan().withLoss(0.3));
          SimNode node = sim.node(7);
          node.put("colour", "red");
          node.spread();
          sim.runUntil("spread", () -> isDone(node), SOON);
          for (SimNode other : sim.nodes()) {
            if (node.spreadConfirmed() == 15) {
              assertThat(other.stateOf(node)).containsEntry("colour", "red");
            }
          }
        });
  }

  @Test
  void whoCannotBeReachedIsNotCountedAndTheTimeIsBounded() {
    Simulation sim = grown(1, 8);
    SimNode node = sim.node(2);
    sim.paths().deafen(sim.node(5).address());
    node.put("colour", "red");
    node.spread();
    Duration took = sim.runUntil("spread", () -> isDone(node), SOON);
    assertThat(took).isBetween(Duration.ofMillis(2_900), Duration.ofMillis(3_100));
    assertThat(node.spreadConfirmed()).isEqualTo(6);
  }

  @Test
  void whoHoldsAnOlderStateHasNotConfirmed() {
    Simulation sim = grown(1, 4);
    SimNode node = sim.node(1);
    SimNode behind = sim.node(3);
    sim.paths().deafen(behind.address());
    for (int i = 0; i < 30; i++) {
      node.put("key" + i, "x".repeat(200)); // more than goes beside a ping
    }
    sim.run(Duration.ofMillis(500));
    sim.heal();
    node.spread();
    sim.runUntil("spread", () -> isDone(node), SOON);
    assertThat(node.spreadConfirmed()).isEqualTo(3);
    assertThat(behind.stateOf(node)).hasSize(30);
  }

  @Test
  void whoIsAloneHasNobodyToTell() {
    Simulation sim = new Simulation(1).nodes(1);
    SimNode node = sim.node(0);
    node.put("colour", "red");
    node.spread();
    sim.run(Duration.ofMillis(1));
    assertThat(node.isSpreading()).isFalse();
    assertThat(node.spreadConfirmed()).isZero();
  }

  private static boolean isDone(SimNode node) {
    return !node.isSpreading();
  }
}
