package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Effect;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvergenceTest {

  private static Simulation atRest(int seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(30));
    return sim.run(Duration.ofSeconds(12));
  }

  private static SwimReport.Convergence of(SimNode node) {
    return node.report().convergence();
  }

  @Test
  void beforeTheFirstChangeNothingIsSaid() {
    SwimReport.Convergence found = of(atRest(1, 5).node(0));

    assertThat(found.sinceUpdate()).isNull();
    assertThat(found.sampled()).isZero();
    assertThat(found.lag50()).isNull();
    assertThat(found.residue()).isNaN();
    assertThat(found.heard()).isEqualTo(4);
    assertThat(found.agreeing()).isEqualTo(4);
  }

  @Test
  void whoAnswersSaysThatItHoldsTheLastChange() {
    Simulation sim = atRest(2, 10);
    SimNode owner = sim.node(3);
    owner.put("load", "1");
    sim.run(Duration.ofSeconds(30));

    SwimReport.Convergence found = of(owner);
    assertThat(found.update()).isEqualTo(owner.self().stateVersion());
    assertThat(found.sinceUpdate()).isEqualTo(Duration.ofSeconds(30));
    assertThat(found.sampled()).isEqualTo(9);
    assertThat(found.holding()).isEqualTo(9);
    assertThat(found.residue()).isZero();
    assertThat(found.rounds()).isPositive();
  }

  @Test
  void theLagIsFoundWithoutACommonClockAndCloseToTheTruth() {
    Simulation sim = atRest(3, 40);
    SimNode owner = sim.node(3);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 150; i++) {
      String value = String.valueOf(i);
      owner.put("load", value);
      Duration took =
          sim.runUntil(
              "all have it",
              () ->
                  sim.running().stream().allMatch(n -> value.equals(n.stateOf(owner).get("load"))),
              Duration.ofSeconds(10));
      longest = took.compareTo(longest) > 0 ? took : longest;
      sim.run(Duration.ofMillis(1_310).minus(took));
    }

    SwimReport.Convergence found = of(owner);
    Duration slowest = longest;
    assertThat(found.lag50()).isNotNull();
    assertThat(found.lag99()).isNotNull();
    assertThat(found.lag50()).isLessThanOrEqualTo(found.lag99());
    assertThat(found.lag99()).isLessThanOrEqualTo(slowest.multipliedBy(2));
    SwimReport.Convergence receiver = of(sim.node(20));
    assertThat(receiver.hops()).isBetween(1.0, 5.0);
    assertThat(receiver.mostHops()).isBetween(2, 12);
  }

  @Test
  void aFewChangesInACalmClusterAreEnough() {
    Simulation sim = atRest(7, 40);
    SimNode owner = sim.node(3);
    for (int i = 0; i < 12; i++) {
      owner.put("load", String.valueOf(i));
      sim.run(Duration.ofSeconds(10));
    }

    assertThat(of(owner).lag99()).isBetween(Duration.ofMillis(16), Duration.ofMillis(256));
  }

  @Test
  void afterAChangeTwoMembersAreAskedForItAndNotToldOfItWithTheQuestion() {
    Stage stage = new Stage();
    List<Stage.Actor> others = stage.members(5);
    stage.passes(Duration.ofSeconds(10));
    for (int change = 1; change <= 20; change++) {
      stage.effects();
      long probes = stage.swim.stats().count(Counter.PROBES);
      stage.swim.update(stage.now(), Map.of("load", String.valueOf(change)));
      stage.passes(Duration.ofSeconds(4));
      probes = stage.swim.stats().count(Counter.PROBES) - probes;

      int pings = 0;
      int bare = 0;
      for (Effect effect : stage.effects()) {
        if (effect instanceof Effect.Sent sent && holdsPing(sent.messages(), others)) {
          pings++;
          bare += sent.messages().size() == 1 ? 1 : 0;
        }
      }
      assertThat(pings - probes).isEqualTo(2);
      assertThat(bare).isGreaterThanOrEqualTo(2);
    }
    SwimReport.Convergence found = stage.swim.report(stage.now()).convergence();
    assertThat(found.lag50()).as("none of them ever held any").isNull();
  }

  private static boolean holdsPing(List<Message> messages, List<Stage.Actor> targets) {
    return messages.stream()
        .anyMatch(
            message ->
                message instanceof Message.Ping ping
                    && targets.stream().anyMatch(each -> each.handle() == ping.target()));
  }

  @Test
  void whoCouldNotBeToldHoldsTheChangeOnceTheCutHasHealed() {
    Simulation sim = atRest(4, 12);
    SimNode owner = sim.node(0);
    List<SimNode> others = sim.nodes().subList(1, 12);
    owner.put("load", "0");
    sim.run(Duration.ofSeconds(5));
    sim.partition(List.of(owner), others);
    owner.put("load", "1");
    sim.run(Duration.ofSeconds(3));
    SwimReport.Convergence cut = of(owner);
    sim.heal();
    sim.run(Duration.ofSeconds(90));
    SwimReport.Convergence healed = of(owner);

    assertThat(cut.holding()).isZero();
    assertThat(healed.sampled()).isEqualTo(11);
    assertThat(healed.holding()).isEqualTo(11);
  }

  @Test
  void whoLacksAChangeThatIsToldNoMoreIsTheResidue() {
    Stage stage = new Stage();
    stage.members(5); // all of whom say that they hold nothing
    stage.swim.update(stage.now(), Map.of("load", "1"));
    stage.passes(Duration.ofSeconds(30));

    SwimReport.Convergence found = stage.swim.report(stage.now()).convergence();

    assertThat(found.sampled()).isEqualTo(5);
    assertThat(found.holding()).isZero();
    assertThat(found.residue()).isEqualTo(1);
    assertThat(found.lag50()).isNull();
  }

  @Test
  void whoHoldsAnotherViewCountsAgainstTheAgreement() {
    Stage stage = new Stage();
    List<Stage.Actor> others = stage.members(4);
    others.get(0).disagrees = true;
    others.forEach(Stage.Actor::says);

    SwimReport report = stage.swim.report(stage.now());

    assertThat(report.convergence().heard()).isEqualTo(4);
    assertThat(report.convergence().agreeing()).isEqualTo(3);
    assertThat(report.agreeing()).isEqualTo(0.75);
    others.forEach(actor -> actor.answers = false);
    stage.passes(Duration.ofSeconds(11));
    assertThat(stage.swim.report(stage.now()).convergence().heard())
        .as("heard within ten periods")
        .isZero();
  }

  @Test
  void theLastMinuteForgetsWhatIsOlder() {
    Simulation sim = atRest(5, 5);
    SimNode node = sim.node(0);
    for (int i = 0; i < 50; i++) {
      node.put("load", "x".repeat(500) + i);
      sim.run(Duration.ofMillis(100));
    }
    SwimReport.LastMinute busy = node.report().lastMinute();
    sim.run(Duration.ofSeconds(70));
    SwimReport.LastMinute calm = node.report().lastMinute();

    assertThat(busy.bytesSent()).isGreaterThan(5 * calm.bytesSent());
    assertThat(calm.packetsSent()).isPositive();
    assertThat(calm.span()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(65));
  }

  @Test
  void aRefutedSuspicionIsCountedForAMinute() {
    Simulation sim = atRest(6, 6);
    SimNode paused = sim.node(5);
    sim.pause(paused, Duration.ofSeconds(4));
    sim.run(Duration.ofSeconds(8));

    assertThat(sim.running())
        .anySatisfy(node -> assertThat(node.report().lastMinute().falseSuspicions()).isPositive());
    sim.run(Duration.ofSeconds(80));
    assertThat(sim.running())
        .allSatisfy(node -> assertThat(node.report().lastMinute().falseSuspicions()).isZero());
  }
}
