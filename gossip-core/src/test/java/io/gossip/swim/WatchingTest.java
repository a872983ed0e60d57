package io.gossip.swim;

import static io.gossip.swim.SwimStats.Counter.FRAMES_SENT;
import static io.gossip.swim.SwimStats.Counter.LINKS_OPENED;
import static io.gossip.swim.SwimStats.Counter.PROBES;
import static io.gossip.swim.SwimStats.Counter.WATCHERS_REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Left;
import io.gossip.membership.MembershipEvent.Restarted;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.sim.Disturbance;
import io.gossip.sim.Effect;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.Watch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watch links: what a killed process's kernel says at once, and what it must not be taken for. */
class WatchingTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static Simulation watching(long seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(SOON);
    sim.runUntil("all are watched", () -> allAreWatched(sim), SOON);
    return sim;
  }

  private static boolean allAreWatched(Simulation sim) {
    return sim.running().stream().allMatch(WatchingTest::watchesAll);
  }

  private static boolean watchesAll(SimNode node) {
    SwimReport report = node.report();
    return report.watched() == report.toWatch();
  }

  private static boolean nobodySees(Simulation sim, SimNode gone) {
    return sim.running().stream().noneMatch(node -> node.sees(gone));
  }

  // What they are for

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 16, 64})
  void aKilledProcessIsOutOfAllViewsWithinAQuarterOfASecond(int nodes) {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = watching(seed, nodes);
          SimNode killed = sim.node(nodes - 1);
          sim.crash(killed);
          Duration known = sim.runUntil("known", () -> nobodySees(sim, killed), SOON);
          assertThat(known).as("seed %s", seed).isLessThan(Duration.ofMillis(250));
          List<Failed> events = sim.node(0).events(Failed.class, killed);
          assertThat(events).hasSize(1);
          assertThat(events.get(0).accusations())
              .extracting(Accusation::evidence)
              .containsOnly(Evidence.REFUSED);
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void whoAreKilledOneAfterTheOtherAreAllFoundAtOnce() {
    Simulation sim = watching(1, 16);
    for (int i = 15; i > 0; i--) {
      SimNode killed = sim.node(i);
      sim.crash(killed);
      Duration known = sim.runUntil("known", () -> nobodySees(sim, killed), SOON);
      assertThat(known).as("%s left", i).isLessThan(Duration.ofMillis(250));
      sim.run(Duration.ofSeconds(2));
    }
    assertThat(sim.falseDeaths()).isEmpty();
  }

  @Test
  void aProcessThatIsAnotherBeforeAnybodyLooksWasRestarted() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = watching(seed, 16);
          SimNode before = sim.node(9);
          SimNode after = sim.restart(before);
          sim.runUntilConverged(Duration.ofSeconds(5));
          sim.run(Duration.ofSeconds(20));
          assertThat(sim.converged()).isTrue();
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.node(0).events(Restarted.class, after).size())
              .as("told once, as restarted or as dead and back")
              .isLessThanOrEqualTo(1);
        });
  }

  @Test
  void aLeaveReachesThoseWhoWatchThoughNoDatagramDoes() {
    Simulation sim = watching(1, 8);
    SimNode leaving = sim.node(5);
    sim.nodes().forEach(node -> sim.paths().blockDatagrams(leaving.address(), node.address()));
    leaving.leave();
    sim.run(Duration.ofSeconds(1));
    sim.stop(leaving);
    sim.run(Duration.ofSeconds(5));
    for (SimNode node : sim.running()) {
      assertThat(node.status(leaving)).isEqualTo(MemberStatus.LEFT);
      assertThat(node.events(Left.class, leaving)).hasSize(1);
      assertThat(node.events(Suspected.class, leaving)).isEmpty();
    }
  }

  // What they must not be taken for

  @Test
  void aPausedProcessKeepsItsLinks() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = watching(seed, 16);
          sim.pause(sim.node(5), Duration.ofSeconds(10));
          sim.run(Duration.ofSeconds(40));
          assertThat(sim.falseDeaths()).isEmpty();
          assertThat(sim.converged()).isTrue();
        });
  }

  @Test
  void linksThatAreCutAtOnceAreMadeAgainAndNobodyIsSuspected() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = watching(seed, 16);
          sim.faults().resetStreams(sim.node(5));
          sim.run(Duration.ofMillis(200));
          assertThat(allAreWatched(sim)).isFalse();
          sim.runUntil("all are watched", () -> allAreWatched(sim), Duration.ofSeconds(5));
          sim.run(Duration.ofSeconds(20));
          assertNobodyWasSuspected(sim);
        });
  }

  @Test
  void whoseQueueOfConnectionsIsFullIsNotTakenForDeadWhenItsLinksAreCut() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = watching(seed, 16);
          Disturbance full = sim.faults().fillBacklog(sim.node(5));
          sim.faults().resetStreams(sim.node(5));
          sim.run(Duration.ofSeconds(30));
          assertNobodyWasSuspected(sim);
          full.end();
          sim.runUntil("all are watched", () -> allAreWatched(sim), Duration.ofSeconds(60));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 16})
  void aFirewallThatBeginsToRefuseBetweenOnePairKillsNobody(int nodes) {
    for (int other = 1; other < Math.min(nodes, 5); other++) {
      int peer = other;
      Seeds.each(
          5,
          seed -> {
            Simulation sim = watching(seed, nodes);
            sim.faults().reject(List.of(sim.node(0)), List.of(sim.node(peer)));
            sim.run(Duration.ofMinutes(1));
            assertThat(sim.falseDeaths()).isEmpty();
          });
    }
  }

  @Test
  void linksThatSomethingOnTheWayForgetsShowNothingAndProbesStillDo() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = watching(seed, 16);
          for (SimNode one : sim.nodes()) {
            for (SimNode other : sim.nodes()) {
              sim.faults().loseStreams(one, other);
            }
          }
          sim.run(Duration.ofSeconds(20));
          assertNobodyWasSuspected(sim);
          SimNode killed = sim.node(9);
          sim.crash(killed);
          sim.runUntil("known", () -> nobodySees(sim, killed), Duration.ofSeconds(5));
        });
  }

  @Test
  void aMachineThatSleepsIsNoCrashAndIsBackWhenItWakes() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = watching(seed, 16);
          SimNode laptop = sim.node(5);
          Disturbance lid = sim.faults().isolate(laptop);
          sim.pause(laptop, Duration.ofMinutes(2));
          sim.run(Duration.ofSeconds(3));
          assertThat(sim.falseDeaths()).isEmpty();
          sim.run(Duration.ofSeconds(117));
          lid.end();
          sim.runUntilConverged(Duration.ofSeconds(10));
          for (Failed event : sim.node(0).events(Failed.class, laptop)) {
            assertThat(event.accusations())
                .noneMatch(accusation -> accusation.evidence().showsCrash());
          }
        });
  }

  @Test
  void aCutBringsNoCrashEvidence() {
    Simulation sim = watching(1, 16);
    sim.partition(sim.nodes().subList(0, 8), sim.nodes().subList(8, 16));
    sim.run(Duration.ofSeconds(30));
    for (SimNode here : sim.nodes()) {
      for (SimNode there : sim.nodes()) {
        for (Suspected event : here.events(Suspected.class, there)) {
          assertThat(event.accusations())
              .noneMatch(accusation -> accusation.evidence().showsCrash());
        }
      }
    }
    sim.heal();
    sim.runUntilConverged(Duration.ofSeconds(60));
    sim.runUntil("all are watched", () -> allAreWatched(sim), Duration.ofSeconds(60));
  }

  @Test
  void whereOnlyTheSeedTakesStreamsAllGoesOnWithoutLinksAndNodesSaySo() {
    Simulation sim = new Simulation(1).seeds(1);
    int nodes = 12;
    for (int from = 1; from < nodes; from++) {
      for (int to = 1; to < nodes; to++) {
        sim.paths().blockStreams(Simulation.address(from), Simulation.address(to));
      }
    }
    sim.nodes(nodes);
    sim.runUntilConverged(SOON);
    sim.run(Duration.ofMinutes(2));
    assertThat(sim.falseDeaths()).isEmpty();
    assertThat(sim.nodes()).filteredOn(node -> node.report().watched() == 0).isNotEmpty();
    for (SimNode node : sim.nodes()) {
      assertThat(node.isWatchingBlocked()).isEqualTo(node.report().watched() == 0);
    }
    SimNode killed = sim.node(7);
    sim.crash(killed);
    sim.runUntil("known", () -> nobodySees(sim, killed), Duration.ofSeconds(10));
  }

  // Their bounds

  @Test
  void linksFollowThoseWhoComeNext() {
    Simulation sim = watching(1, 3);
    assertThat(sim.node(0).report().toWatch()).isEqualTo(2);
    for (int i = 0; i < 5; i++) {
      sim.add();
    }
    sim.runUntilConverged(SOON);
    sim.runUntil("all are watched", () -> allAreWatched(sim), SOON);
    assertThat(sim.node(0).report().toWatch()).isEqualTo(3);
    sim.run(Duration.ofSeconds(3));
    for (SimNode node : sim.nodes()) {
      assertThat(node.load().links()).as("three of its own, three of others").isEqualTo(6);
    }
  }

  @Test
  void aLinkAtRestCarriesNothing() {
    Simulation sim = watching(1, 8);
    sim.run(Duration.ofSeconds(5));
    long before = frames(sim);
    sim.run(Duration.ofMinutes(2));
    assertThat(frames(sim)).isEqualTo(before);
  }

  private static long frames(Simulation sim) {
    return sim.nodes().stream().mapToLong(node -> node.stats().count(FRAMES_SENT)).sum();
  }

  @Test
  void aLinkThatFailsIsTriedEverMoreSeldom() {
    Simulation sim = watching(1, 4);
    SimNode target = sim.node(3);
    Disturbance refused = sim.faults().reject(List.of(sim.node(0)), List.of(target));
    sim.run(Duration.ofMinutes(2));
    long attempts = sim.node(0).stats().count(LINKS_OPENED);
    sim.run(Duration.ofMinutes(2));
    assertThat(sim.node(0).stats().count(LINKS_OPENED) - attempts).isBetween(2L, 5L);
    refused.end();
    sim.runUntil("all are watched", () -> allAreWatched(sim), Duration.ofSeconds(40));
  }

  /** It watches the one on stage, from its own address. */
  private static Actor watches(Stage stage, Actor watcher, long stream) {
    stage.accepts(stream, watcher.address);
    watcher.writes(stream, new Watch(stream, stage.self()));
    return watcher;
  }

  @Test
  void whoIsWatchedByTooManyRefusesMore() {
    Stage stage = new Stage();
    for (int i = 0; i < Watchers.MOST; i++) {
      watches(stage, stage.member("w" + i), -1 - i);
    }
    assertThat(stage.swim.load().links()).isEqualTo(Watchers.MOST);
    stage.effects();
    watches(stage, stage.member("late"), -100);
    assertThat(stage.effects()).contains(new Effect.Closed(-100));
    assertThat(stage.swim.stats().count(WATCHERS_REFUSED)).isEqualTo(1);
  }

  @Test
  void whoWatchesAnewOnAnotherStreamHasOneLink() {
    Stage stage = new Stage();
    Actor watcher = watches(stage, stage.member("w"), -1);
    stage.effects();
    watches(stage, watcher, -2);
    assertThat(stage.effects()).contains(new Effect.Closed(-1));
    assertThat(stage.swim.load().links()).isEqualTo(1);
  }

  @Test
  void nobodyElseTakesThePlaceOfAWatcherByItsName() {
    Stage stage = new Stage();
    Actor watcher = watches(stage, stage.member("w"), -1);
    Actor liar = stage.member("liar");
    stage.effects();
    for (int stream = -2; stream > -100; stream--) {
      stage.accepts(stream, liar.address);
      watcher.writes(stream, new Watch(stream, stage.self())); // in the watcher's name
    }
    assertThat(stage.effects()).doesNotContain(new Effect.Closed(-1));
    assertThat(stage.swim.load().links()).isEqualTo(Watchers.MOST);

    for (int i = 0; i < Watchers.MOST - 1; i++) {
      watches(stage, stage.member("m" + i), -200 - i);
    }
    assertThat(stage.swim.stats().count(WATCHERS_REFUSED)).isZero();
    assertThat(stage.effects()).doesNotContain(new Effect.Closed(-1));
  }

  @Test
  void failedCallsThatAnApplicationReportsAreBounded() {
    Stage stage = new Stage();
    Actor alive = stage.member("alive");
    stage.passes(Duration.ofSeconds(10));
    long probes = stage.swim.stats().count(PROBES);
    for (int i = 0; i < 1_000; i++) {
      stage.swim.reportFailure(stage.now(), alive.id);
      stage.react(); // it answers at once, so that the next report finds no probe under way
    }
    assertThat(stage.swim.stats().count(PROBES) - probes).isEqualTo(100);
    stage.passes(Duration.ofMillis(500));
    long before = stage.swim.stats().count(PROBES);
    for (int i = 0; i < 1_000; i++) {
      stage.swim.reportFailure(stage.now(), alive.id);
      stage.react();
    }
    assertThat(stage.swim.stats().count(PROBES) - before).isEqualTo(10);
  }

  private static void assertNobodyWasSuspected(Simulation sim) {
    for (SimNode here : sim.nodes()) {
      for (SimNode there : sim.nodes()) {
        assertThat(here.events(Suspected.class, there)).isEmpty();
      }
    }
  }
}
