package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worlds of a few nodes, in which what is to be measured can be counted on the fingers. */
class MeasuresTest {
  private final Simulation sim = new Simulation(1).nodes(4);
  private final List<Resident> residents = new ArrayList<>();

  MeasuresTest() {
    sim.runUntilConverged(Duration.ofSeconds(5));
    for (int i = 0; i < 4; i++) {
      residents.add(new Resident(i, sim.node(i), Duration.ZERO));
    }
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Member written(SimNode node, int versions) {
    Member self = node.self();
    return new Member(
        self.id(),
        self.generation(),
        self.incarnation(),
        self.status(),
        self.address(),
        self.zone(),
        self.protocol(),
        self.stateVersion() + versions,
        self.state());
  }

  private MembershipEvent died(int node) {
    return new MembershipEvent.Failed(sim.node(node).self(), List.of(), Duration.ZERO);
  }

  // Spread

  @Test
  void updateHasReachedAShareWhenSoManyHoldIt() {
    Spread spread = new Spread();
    spread.mark(residents.get(0), ms(1_000));
    Member news = written(sim.node(0), 1);
    spread.saw(residents.get(1), news, ms(1_010));
    spread.saw(residents.get(2), news, ms(1_030));
    spread.saw(residents.get(1), news, ms(1_050)); // again: it had it

    Spread.Mark mark = spread.marks().get(0);
    assertThat(mark.reached(0.25, residents)).isEqualTo(Duration.ZERO);
    assertThat(mark.reached(0.5, residents)).isEqualTo(ms(10));
    assertThat(mark.reached(0.75, residents)).isEqualTo(ms(30));
    assertThat(mark.reached(0.76, residents)).isNull();
    assertThat(mark.residue(residents)).isEqualTo(1);
    assertThat(spread.slowest(0.75, residents)).isEqualTo(ms(30));
    assertThat(spread.slowest(1, residents)).isNull();
    assertThat(mark.curve(residents).csv())
        .isEqualTo("seconds,% of nodes\n0,25\n0.010000,50\n0.030000,75\n");
  }

  @Test
  void laterStateContainsTheUpdateAndAnEarlierDoesNot() {
    Spread spread = new Spread();
    spread.mark(residents.get(0), ms(0));
    spread.saw(residents.get(1), sim.node(0).self(), ms(10));
    spread.saw(residents.get(2), written(sim.node(0), 2), ms(20));

    assertThat(spread.marks().get(0).reached(0.5, residents)).isEqualTo(ms(20));
    assertThat(spread.marks().get(0).residue(residents)).isEqualTo(2);
  }

  @Test
  void whoStartsLaterOrIsGoneDoesNotCount() {
    Spread spread = new Spread();
    spread.mark(residents.get(0), ms(1_000));
    sim.crash(sim.node(2));
    residents.set(3, new Resident(3, sim.node(3), ms(1_001)));
    spread.saw(residents.get(1), written(sim.node(0), 1), ms(1_010));

    assertThat(spread.marks().get(0).reached(1, residents)).isEqualTo(ms(10));
    assertThat(spread.marks().get(0).residue(residents)).isZero();
  }

  @Test
  void updateOfANodeThatEndedDoesNotCount() {
    Spread spread = new Spread();
    spread.mark(residents.get(0), ms(1_000));
    sim.crash(sim.node(0));
    assertThat(spread.marks()).isEmpty();
    assertThat(spread.slowest(1, residents)).isEqualTo(Duration.ZERO);
  }

  // Deaths

  @Test
  void falseDeathsAreSortedByVictimObserverAndCut() {
    Deaths deaths = new Deaths((one, other) -> one.slot() == 3 || other.slot() == 3);
    residents.get(1).afflict();
    deaths.published(residents.get(0), residents.get(1), died(1), ms(1)); // of an afflicted one
    deaths.published(residents.get(3), residents.get(0), died(0), ms(2)); // across the cut
    deaths.published(residents.get(1), residents.get(0), died(0), ms(3)); // by an afflicted one
    deaths.published(residents.get(2), residents.get(0), died(0), ms(4)); // that should never be

    for (Deaths.Kind kind : Deaths.Kind.values()) {
      assertThat(deaths.count(kind)).as(kind.name()).isEqualTo(1);
    }
    assertThat(deaths.ofHealthy()).isEqualTo(3);
    assertThat(deaths.trueDeaths()).isZero();
  }

  @Test
  void trueDeathIsTimedFromTheEndToTheFirstAndTheLastObserver() {
    Deaths deaths = new Deaths((one, other) -> false);
    deaths.ended(residents.get(3), ms(1_000), residents);
    MembershipEvent death = died(3);
    sim.crash(sim.node(3));
    deaths.published(residents.get(1), residents.get(3), death, ms(1_500));
    deaths.published(residents.get(0), residents.get(3), death, ms(1_600));
    assertThat(deaths.untilFirst()).containsExactly(ms(500));
    assertThat(deaths.untilAll(residents)).containsOnlyNulls();

    deaths.published(residents.get(2), residents.get(3), death, ms(1_900));
    assertThat(deaths.untilAll(residents)).containsExactly(ms(900));
    assertThat(deaths.trueDeaths()).isEqualTo(3);
    assertThat(deaths.ofHealthy()).isZero();
  }

  @Test
  void whoIsBehindACutNeedNotNotice() {
    Deaths deaths = new Deaths((one, other) -> one.slot() == 0 || other.slot() == 0);
    deaths.ended(residents.get(3), ms(0), residents);
    MembershipEvent death = died(3);
    sim.crash(sim.node(3));
    deaths.published(residents.get(1), residents.get(3), death, ms(10));
    deaths.published(residents.get(2), residents.get(3), death, ms(20));

    assertThat(deaths.untilAll(residents)).containsExactly(ms(20));
  }

  // Divergence

  @Test
  void viewsAreEqualWhenAllSeeAllAsTheyAre() {
    Divergence divergence = new Divergence();
    assertThat(divergence.equal(sim.running())).isTrue();
    divergence.moment("update", sim.time());
    sim.node(0).put("colour", "blue");
    divergence.look(sim.time(), sim.running());
    assertThat(divergence.equal(sim.running())).isFalse();
    assertThat(divergence.after("update")).isNull();
    assertThat(Divergence.wrongEntries(sim.node(1), sim.running()))
        .isEqualTo(2); // old, and missing

    Duration written = sim.time();
    sim.run(Duration.ofSeconds(2));
    divergence.look(sim.time(), sim.running());
    assertThat(divergence.after("update")).isEqualTo(sim.time().minus(written));
  }

  @Test
  void suspicionIsADifferenceThoughTheHashesAgree() {
    Divergence divergence = new Divergence();
    sim.pause(sim.node(3));
    sim.runUntil(
        "suspected",
        () ->
            sim.node(0).view().members().stream()
                .anyMatch(
                    member ->
                        member.id().equals(sim.node(3).id()) && !sim.node(0).sees(sim.node(3))),
        Duration.ofSeconds(20));
    assertThat(sim.node(0).view().hash()).isEqualTo(sim.node(3).view().hash());
    assertThat(divergence.equal(sim.running())).isFalse();
  }

  @Test
  void divergenceIsTheShareThatDiffersFromTheMajority() {
    Divergence divergence = new Divergence();
    sim.node(0).put("colour", "blue");
    divergence.sample(ms(1_000), sim.running());
    assertThat(divergence.worst()).isEqualTo(0.25);
    assertThat(divergence.series().column(1)).containsExactly(25);
  }

  // Traffic

  @Test
  void trafficIsWhatTheNodesCountSecondBySecond() {
    Traffic traffic = new Traffic(1, new Scenario.Span(Duration.ZERO, ms(2_000)));
    traffic.begin(residents);
    long before = sent();
    for (int second = 1; second <= 2; second++) {
      sim.run(Duration.ofSeconds(1));
      traffic.second(Duration.ofSeconds(second), residents);
    }
    double[] means = traffic.series().column(2);
    assertThat(means).hasSize(2);
    assertThat(4 * (means[0] + means[1])).isEqualTo((double) (sent() - before));
    assertThat(traffic.restBytes()).isEqualTo((double) (sent() - before) / 8);
    assertThat(traffic.all().value()).isGreaterThanOrEqualTo((long) Math.max(means[0], means[1]));
  }

  @Test
  void newProcessInASlotBeginsToCountAnew() {
    Traffic traffic = new Traffic(1, null);
    traffic.begin(residents);
    residents.get(3).succeed(sim.restart(sim.node(3)), sim.time());
    sim.run(Duration.ofSeconds(1));
    traffic.second(ms(1_000), residents);
    assertThat(traffic.others().value()).isPositive().isLessThan(10_000);
    assertThat(traffic.series().rows()).hasSize(1);
  }

  private long sent() {
    long sum = 0;
    for (SimNode node : sim.nodes()) {
      sum += node.stats().count(Counter.DATAGRAM_BYTES_SENT);
      sum += node.stats().count(Counter.FRAME_BYTES_SENT);
    }
    return sum;
  }

  // Times

  @Test
  void quantileIsTheTimeWithinWhichSoManyCame() {
    assertThat(Times.quantile(List.of(ms(3), ms(1), ms(2)), 0.5)).isEqualTo(ms(2));
    assertThat(Times.quantile(List.of(ms(3), ms(1), ms(2)), 1)).isEqualTo(ms(3));
    assertThat(Times.quantile(Arrays.asList(ms(1), null), 0.5)).isEqualTo(ms(1));
    assertThat(Times.quantile(Arrays.asList(ms(1), null), 1)).isNull();
    assertThat(Times.quantile(List.of(), 0.5)).isNull();
  }
}
