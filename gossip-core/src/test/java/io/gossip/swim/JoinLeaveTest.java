package io.gossip.swim;

import static io.gossip.membership.MemberStatus.LEFT;
import static io.gossip.swim.Clusters.grown;
import static io.gossip.swim.Clusters.others;
import static io.gossip.swim.SwimStats.Counter.JOINERS_REFUSED;
import static io.gossip.swim.SwimStats.Counter.JOINS_ATTEMPTED;
import static io.gossip.swim.SwimStats.Counter.JOINS_FAILED;
import static io.gossip.swim.SwimStats.Drop.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.MembershipEvent.Left;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimReport.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JoinLeaveTest {

  private static Seed seedAt(int index) {
    return new Seed(Simulation.address(index).getAddress().getHostAddress(), Simulation.PORT);
  }

  // Joining

  @Test
  void newcomerIsKnownToAllAtOnce() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 32);
          sim.add();
          assertThat(sim.runUntilConverged(Duration.ofSeconds(5)))
              .isLessThan(Duration.ofSeconds(1));
        });
  }

  @Test
  @DisplayName("T-F 68: one seed that cannot be reached does not matter while another can")
  void oneSeedThatAnswersIsEnough() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 3);
          SimNode joiner = sim.start(sim.spec(3).withSeeds(List.of(seedAt(90), seedAt(1))));
          sim.runUntilConverged(Duration.ofSeconds(3));
          sim.run(Duration.ofSeconds(10));
          List<SwimReport.SeedReport> seeds = joiner.report().seeds();
          assertThat(seeds.get(0).reachable()).isFalse();
          assertThat(seeds.get(0).problem()).contains("no answer");
          assertThat(joiner.stats().count(JOINS_FAILED)).isPositive();
          assertThat(seeds.get(1).reachable()).isTrue();
          assertThat(seeds.get(1).problem()).isNull();
        });
  }

  @Test
  void seedThatHasBecomeAMemberCountsAsReached() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 3);
          sim.crash(sim.node(2));
          sim.run(Duration.ofSeconds(30));
          SimNode joiner = sim.start(sim.spec(3).withSeeds(List.of(seedAt(1), seedAt(2))));
          sim.runUntilConverged(Duration.ofSeconds(3));
          sim.run(Duration.ofSeconds(10));
          assertThat(joiner.report().seeds().get(1).reachable()).isFalse();

          sim.replace(sim.node(2), sim.node(2).spec().withId("heir"));
          sim.runUntilConverged(Duration.ofSeconds(10)); // long before the seed is asked again
          SwimReport.SeedReport back = joiner.report().seeds().get(1);
          assertThat(back.reachable()).isTrue();
          assertThat(back.problem()).isNull();
          sim.run(Duration.ofSeconds(20));
          assertThat(joiner.report().seeds().get(1).lastContact())
              .isLessThan(Duration.ofSeconds(20));
        });
  }

  @Test
  @DisplayName("T-F 70: members of two clusters never meet, and count each other's packets")
  void clustersDoNotMix() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(3);
          sim.config(config -> config.cluster("other")).nodes(2);
          sim.run(Duration.ofSeconds(20));
          assertThat(Simulation.converged(sim.nodes().subList(0, 3))).isTrue();
          SimNode stranger = sim.node(4);
          assertThat(stranger.view().members()).containsExactly(stranger.self());
          assertThat(stranger.phase()).isEqualTo(Phase.JOINING);
          assertThat(sim.node(0).stats().dropped(CLUSTER)).isPositive();
        });
  }

  @Test
  @DisplayName(
      "T-F 72: a seed that is dead in all views can be joined when somebody is there again")
  void deadSeedsAddressCanBeJoinedThrough() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).seeds(1).nodes(5);
          sim.runUntilConverged(Duration.ofSeconds(10));
          SimNode former = sim.node(0);
          sim.crash(former);
          sim.runUntilConverged(Duration.ofSeconds(30));
          // The successor knows nobody: it waits to be asked.
          sim.replace(former, former.spec().withId("heir").withSeeds(List.of()));
          sim.runUntilConverged(Duration.ofMinutes(2));
        });
  }

  @Test
  @DisplayName("T-F 84: one's own address among the seeds is no seed")
  void ownAddressAmongTheSeedsIsIgnored() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).seeds(1).nodes(1);
          sim.run(Duration.ofMinutes(10));
          SimNode alone = sim.node(0);
          assertThat(alone.view().members()).containsExactly(alone.self());
          assertThat(alone.stats().count(JOINS_ATTEMPTED)).isLessThan(3);
          assertThat(alone.stats().count(JOINS_FAILED)).isZero();
          sim.nodes(2);
          sim.runUntilConverged(Duration.ofSeconds(5));
        });
  }

  @Test
  @DisplayName("T-F 85: seeds whose names resolve only later are joined then")
  void namesAreResolvedAnew() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 3);
          SimNode joiner =
              sim.start(sim.spec(3).withSeeds(List.of(new Seed("gossip.test", Simulation.PORT))));
          sim.run(Duration.ofSeconds(20));
          assertThat(joiner.phase()).isEqualTo(Phase.JOINING);
          assertThat(joiner.report().seeds().get(0).problem()).contains("resolve");
          sim.dns(
              "gossip.test",
              List.of(sim.node(1).address().getAddress(), sim.node(2).address().getAddress()));
          sim.runUntilConverged(Duration.ofSeconds(46)); // the longest pause with its jitter
          assertThat(joiner.report().seeds().get(0).resolved()).hasSize(2);
        });
  }

  @Test
  void nameThatLedAstrayIsResolvedAnew() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 3);
          sim.dns("gossip.test", List.of(Simulation.address(90).getAddress()));
          SimNode joiner =
              sim.start(sim.spec(3).withSeeds(List.of(new Seed("gossip.test", Simulation.PORT))));
          sim.run(Duration.ofSeconds(20));
          assertThat(joiner.phase()).isEqualTo(Phase.JOINING);
          sim.dns("gossip.test", List.of(sim.node(1).address().getAddress()));
          sim.runUntilConverged(Duration.ofSeconds(50));
        });
  }

  @Test
  void seedsThatStartLaterAreFound() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).seeds(1);
          sim.start(sim.spec(1));
          sim.start(sim.spec(2));
          sim.run(Duration.ofSeconds(40));
          assertThat(sim.node(0).phase()).isEqualTo(Phase.JOINING);
          sim.start(sim.spec(0));
          sim.runUntilConverged(Duration.ofSeconds(46));
        });
  }

  @Test
  void busySeedSendsJoinersElsewhere() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim =
              new Simulation(seed).seeds(1).config(config -> config.maxJoins(1)).nodes(16);
          sim.runUntilConverged(Duration.ofSeconds(30));
          long refused = 0;
          for (SimNode node : sim.nodes()) {
            refused += node.stats().count(JOINERS_REFUSED);
          }
          assertThat(refused).isPositive();
        });
  }

  @Test
  void joinGoesThroughUnderHeavyLoss() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = new Simulation(seed).links(Link.lan().withLoss(0.3)).nodes(6);
          sim.run(Duration.ofSeconds(60));
          for (SimNode node : sim.nodes()) {
            assertThat(node.phase()).isEqualTo(Phase.JOINED);
            assertThat(node.view().members()).hasSize(6);
          }
        });
  }

  // Leaving

  @Test
  @DisplayName("T-F 75: a leave is seen by all at once, confirmed, and nobody suspects the leaver")
  void leaveIsSeenByAllAndConfirmed() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 16);
          SimNode leaver = sim.node(9);
          leaver.leave();
          Duration took =
              sim.runUntil(
                  "all have confirmed", () -> leaver.phase() == Phase.LEFT, Duration.ofSeconds(3));
          assertThat(took).isLessThan(Duration.ofMillis(500));
          assertThat(leaver.leaveConfirmed()).isEqualTo(15);
          sim.run(Duration.ofSeconds(10)); // it goes on to answer while it drains
          sim.stop(leaver);
          sim.run(Duration.ofSeconds(20));
          for (SimNode other : others(sim, leaver)) {
            assertThat(other.status(leaver)).isEqualTo(LEFT);
            assertThat(other.events(Left.class, leaver)).hasSize(1);
            assertThat(other.events(Suspected.class, leaver)).isEmpty();
            assertThat(other.events(Failed.class, leaver)).isEmpty();
          }
        });
  }

  @Test
  void leaveUnderLossIsALeaveToAll() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 16);
          sim.links(Link.lan().withLoss(0.2));
          SimNode leaver = sim.node(9);
          leaver.leave();
          sim.runUntil(
              "the leave is done", () -> leaver.phase() == Phase.LEFT, Duration.ofSeconds(4));
          sim.stop(leaver);
          sim.run(Duration.ofSeconds(30));
          for (SimNode other : others(sim, leaver)) {
            assertThat(other.status(leaver)).isEqualTo(LEFT);
          }
        });
  }

  @Test
  @DisplayName("T-F 77: a suspect that leaves has left")
  void suspectThatLeavesHasLeft() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode leaver = sim.node(5);
          sim.pause(leaver, Duration.ofSeconds(5));
          sim.run(Duration.ofMillis(4_900));
          leaver.leave();
          sim.run(Duration.ofSeconds(20));
          for (SimNode other : others(sim, leaver)) {
            assertThat(other.status(leaver)).isEqualTo(LEFT);
          }
          assertThat(others(sim, leaver))
              .anySatisfy(other -> assertThat(other.events(Suspected.class, leaver)).isNotEmpty());
        });
  }

  @Test
  @DisplayName("T-F 78: the last one leaves at once")
  void lastOneLeavesAtOnce() {
    Stage stage = new Stage();
    stage.swim.leave(stage.now());
    assertThat(stage.swim.phase()).isEqualTo(Phase.LEFT);
    assertThat(stage.swim.leaveConfirmed()).isZero();
  }

  @Test
  void leaveThatNobodyConfirmsEndsWithItsTime() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 4);
          SimNode leaver = sim.node(2);
          sim.paths().deafen(leaver.address());
          leaver.leave();
          Duration took =
              sim.runUntil(
                  "the leave is done", () -> leaver.phase() == Phase.LEFT, Duration.ofSeconds(5));
          assertThat(took).isBetween(Duration.ofMillis(2_900), Duration.ofMillis(3_100));
        });
  }

  @Test
  void leaverThatComesBackJoins() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode leaver = sim.node(4);
          leaver.leave();
          sim.run(Duration.ofSeconds(1));
          SimNode again = sim.restart(leaver);
          assertThat(sim.runUntilConverged(Duration.ofSeconds(5)))
              .isLessThan(Duration.ofSeconds(2));
          for (SimNode other : others(sim, again)) {
            assertThat(other.events(Joined.class, again)).hasSizeGreaterThan(1);
          }
        });
  }

  @Test
  void manyLeaveAtOnce() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 16);
          List<SimNode> leavers = sim.nodes().subList(6, 16);
          leavers.forEach(SimNode::leave);
          sim.run(Duration.ofSeconds(4));
          for (SimNode leaver : leavers) {
            assertThat(leaver.phase()).isEqualTo(Phase.LEFT);
            sim.stop(leaver);
          }
          sim.runUntilConverged(Duration.ofSeconds(5));
          for (SimNode node : sim.running()) {
            assertThat(node.view().count(LEFT)).isEqualTo(10);
          }
        });
  }
}
