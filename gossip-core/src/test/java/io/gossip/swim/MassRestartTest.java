package io.gossip.swim;

import static io.gossip.swim.Clusters.grown;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.sim.NodeSpec;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once") // on the first of two JDKs
class MassRestartTest {

  private static void allSee(Simulation sim, int members) {
    for (SimNode node : sim.nodes()) {
      assertThat(node.view().members()).hasSize(members);
      assertThat(node.view().departed()).extracting(Member::id).isEmpty();
    }
  }

  @Test
  @DisplayName("T-F 83: all killed and started again at once on their addresses are exactly n")
  void allRestartedAtOnceAreExactlyAsManyAsBefore() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 16);
          for (SimNode node : List.copyOf(sim.nodes())) {
            sim.crash(node);
          }
          sim.run(Duration.ofSeconds(1));
          for (SimNode node : List.copyOf(sim.nodes())) {
            sim.restart(node);
          }
          sim.runUntilConverged(Duration.ofSeconds(15));
          allSee(sim, 16);
        });
  }

  @Test
  @DisplayName("T-F 83: … also when they come back one by one while others are still gone")
  void allRestartedInTurnAreExactlyAsManyAsBefore() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 12);
          for (SimNode node : List.copyOf(sim.nodes())) {
            sim.crash(node);
            sim.run(Duration.ofMillis(sim.random().nextInt(500)));
          }
          for (SimNode node : List.copyOf(sim.nodes())) {
            sim.restart(node);
            sim.run(Duration.ofMillis(sim.random().nextInt(1_000)));
          }
          sim.runUntilConverged(Duration.ofSeconds(30));
          allSee(sim, 12);
        });
  }

  @Test
  @DisplayName("T-F 83: … also rolling, under their old names")
  void rollingRestartLeavesNoGhosts() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          for (SimNode node : List.copyOf(sim.nodes())) {
            sim.restart(node);
            sim.run(Duration.ofSeconds(1));
          }
          sim.runUntilConverged(Duration.ofSeconds(30));
          allSee(sim, 8);
        });
  }

  @Test
  @DisplayName("T-E 60, T-F 83: … also under new names")
  void allReplacedUnderNewNamesLeaveNoGhostsAmongTheActive() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          List<SimNode> former = new ArrayList<>(sim.nodes());
          for (SimNode node : former) {
            sim.crash(node);
          }
          sim.run(Duration.ofMillis(200));
          for (SimNode node : former) {
            NodeSpec spec = node.spec();
            sim.replace(node, spec.withId("new-" + spec.id()));
          }
          sim.runUntilConverged(Duration.ofSeconds(30));
          for (SimNode node : sim.nodes()) {
            assertThat(node.view().members()).hasSize(8);
          }
        });
  }

  @Test
  void membersWhoseClocksWentBackWhileTheyWereDownComeBack() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          for (SimNode node : List.copyOf(sim.nodes()).subList(5, 8)) {
            NodeSpec spec = node.spec();
            sim.replace(node, spec.withClockOffset(Duration.ofHours(-1)));
          }
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @Test
  void manyThatStartAtOnceGetTheirViewsFromEachOtherNotFromTheSeeds() {
    Simulation sim = new Simulation(1).assembled(300);
    List<SimNode> seeds = List.copyOf(sim.nodes().subList(0, 3));
    long before = seeds.stream().mapToLong(MassRestartTest::frameBytes).max().orElseThrow();
    sim.nodes(150).run(Duration.ofSeconds(1));
    for (SimNode seed : seeds) {
      assertThat(frameBytes(seed) - before).isLessThan(500_000);
      assertThat(seed.stats().count(Counter.JOINERS_SAMPLED)).isPositive();
    }
    sim.runUntilConverged(Duration.ofSeconds(9));
  }

  @Test
  void othersWhomBusySeedsNameSendNoMoreThanInAnyOtherSecond() {
    Simulation sim = new Simulation(1).nodes(400);
    List<SimNode> others = List.copyOf(sim.nodes().subList(3, 400));
    sim.run(Duration.ofSeconds(1));
    assertThat(others).anyMatch(node -> node.stats().count(Counter.JOINERS_ACCEPTED) > 5);
    for (SimNode node : others) {
      assertThat(frameBytes(node) + node.stats().count(Counter.DATAGRAM_BYTES_SENT))
          .isLessThan(50_000);
    }
    sim.runUntilConverged(Duration.ofSeconds(9));
  }

  private static long frameBytes(SimNode node) {
    return node.stats().count(Counter.FRAME_BYTES_SENT);
  }
}
