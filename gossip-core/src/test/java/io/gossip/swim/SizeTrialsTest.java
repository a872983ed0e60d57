package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeTrialsTest {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private static long noticed(Simulation sim) {
    return sim.nodes().stream().filter(SimNode::hasNarrowPaths).count();
  }

  /** Findings there have been, whether they have been taken back or not. */
  private static long findings(Simulation sim) {
    return sim.nodes().stream().mapToLong(node -> node.stats().count(Counter.PATHS_NARROW)).sum();
  }

  @Test
  void networkThatDropsLargeDatagramsIsNoticedByAllWhoStartInIt() {
    Seeds.each(
        3,
        seed -> {
          for (int members : List.of(2, 5, 64)) {
            Simulation sim = new Simulation(seed).nodes(members);
            sim.faults().narrow(sim.nodes(), 512);

            sim.run(TEN_SECONDS);

            assertThat(noticed(sim)).as("of %d", members).isEqualTo(members);
          }
        });
  }

  @Test
  void clusterComesToOneViewThoughLargeDatagramsVanish() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(64);
          sim.faults().narrow(sim.nodes(), 512);

          sim.runUntilConverged(Duration.ofSeconds(20));

          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void manyViewsAreRepairedThoughLargeDatagramsVanish() {
    Simulation sim = new Simulation(1).assembled(100);
    sim.faults().narrow(sim.nodes(), 512);
    List<SimNode> half = sim.nodes().subList(0, 50);
    sim.partition(half, sim.nodes().subList(50, 100));
    sim.run(Duration.ofSeconds(30));
    sim.heal();

    sim.runUntilConverged(Duration.ofSeconds(60));

    assertThat(noticed(sim)).isPositive();
  }

  @Test
  void networkThatBeginsToDropLargeDatagramsIsNoticedWhenViewsDiffer() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = Clusters.grown(seed, 32);
          sim.run(Duration.ofMinutes(2));
          sim.faults().narrow(sim.nodes(), 512);
          // Each news that there is takes more room than such a datagram has.
          sim.nodes().forEach(node -> node.put("news", "x".repeat(600)));

          sim.run(TEN_SECONDS);

          assertThat(noticed(sim)).isGreaterThan(24);
        });
  }

  @Test
  void pathToOneMemberIsNoticedWithoutMakingTheOthersSmall() {
    Simulation sim = Clusters.grown(1, 12);
    SimNode behind = sim.add();
    sim.faults().narrow(List.of(behind), 1_000);

    sim.run(TEN_SECONDS);

    assertThat(behind.hasNarrowPaths()).isTrue();
    assertThat(behind.report().narrowPaths()).isPositive();
  }

  @Test
  void endOfItIsNoticedToo() {
    Simulation sim = new Simulation(1).nodes(16);
    var narrow = sim.faults().narrow(sim.nodes(), 512);
    sim.run(Duration.ofSeconds(30));
    narrow.end();

    sim.runUntil("noticed", () -> noticed(sim) == 0, Duration.ofMinutes(3));
  }

  @Test
  void lossAloneIsNotTakenForIt() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = new Simulation(seed).links(Link.lan().withLoss(0.2)).nodes(16);
          sim.run(Duration.ofMinutes(2));
          assertThat(findings(sim)).isZero();
        });
  }

  @Test
  void pausesAndBlocksAreNotTakenForIt() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(16);
          for (int i = 0; i < 20; i++) {
            SimNode paused = sim.nodes().get(sim.random().nextInt(16));
            SimNode blocked = sim.nodes().get(sim.random().nextInt(16));
            sim.faults().pause(List.of(paused)).lasting(Duration.ofSeconds(2));
            sim.faults().block(List.of(blocked)).lasting(Duration.ofSeconds(3));
            sim.run(Duration.ofSeconds(4));
          }
          assertThat(findings(sim)).isZero();
        });
  }

  @Test
  void networkThatCarriesExactlyWhatIsSentIsNotTakenForIt() {
    Simulation sim = new Simulation(1).nodes(32);
    sim.faults().narrow(sim.nodes(), 1_400);
    sim.run(Duration.ofMinutes(1));
    assertThat(findings(sim)).isZero();
  }

  @Test
  void costsNextToNothingAtRest() {
    Simulation sim = Clusters.grown(1, 8);
    sim.run(Duration.ofMinutes(1));
    long before = bytes(sim);
    Duration time = Duration.ofHours(2);
    sim.run(time);
    long perSecondAndNode = (bytes(sim) - before) / time.toSeconds() / 8;
    assertThat(perSecondAndNode).isLessThan(101); // 99 bytes are a ping and an answer
  }

  private static long bytes(Simulation sim) {
    return sim.nodes().stream()
        .mapToLong(node -> node.stats().count(Counter.DATAGRAM_BYTES_SENT))
        .sum();
  }
}
