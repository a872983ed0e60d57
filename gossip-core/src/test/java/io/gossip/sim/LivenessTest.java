package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.swim.SwimConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows that what must come to pass is missed when it does not, and that it does. */
class LivenessTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Simulation world(int nodes) {
    Simulation sim = new Simulation(7).nodes(nodes);
    sim.runUntilConverged(SOON);
    return sim;
  }

  private static void fails(String rule, Runnable check) {
    assertThatThrownBy(check::run).isInstanceOf(Violation.class).hasMessageContaining(rule);
  }

  @Test
  void allOfItHoldsWhereNothingIsWrong() {
    Simulation sim = world(8);
    Liveness must = new Liveness(sim, SwimConfig.lan());
    must.recovers();
    must.rests();
    must.spreadsAWriteOf(sim.node(5));
    must.takesIn(sim.add());
    must.detectsTheCrashOf(sim.node(3));
    must.detectsTheSilenceOf(List.of(sim.node(1), sim.node(4), sim.node(5), sim.node(6)));
    must.rests();
  }

  @Test
  void crashThatIsDetectedTooLateIsSeen() {
    Simulation sim =
        new Simulation(1)
            .config(numbers -> numbers.streamPing(false).suspicionMultiplier(1_000))
            .nodes(4);
    sim.runUntilConverged(SOON);
    fails("L1", () -> new Liveness(sim, SwimConfig.lan()).detectsTheCrashOf(sim.node(3)));
  }

  @Test
  void viewsThatNeverAgreeAreSeen() {
    Simulation sim = world(4);
    sim.partition(sim.nodes().subList(0, 2), sim.nodes().subList(2, 4));
    sim.run(Duration.ofSeconds(60));
    fails("one view", () -> new Liveness(sim, SwimConfig.lan()).recovers());
  }

  @Test
  void writeThatDoesNotArriveIsSeen() {
    Simulation sim = world(4);
    sim.paths().mute(sim.node(2).address());
    fails("L2", () -> new Liveness(sim, SwimConfig.lan()).spreadsAWriteOf(sim.node(2)));
  }

  @Test
  void halvesThatStayApartAreSeen() {
    Simulation sim = world(6);
    sim.partition(sim.nodes().subList(0, 3), sim.nodes().subList(3, 6));
    sim.run(Duration.ofSeconds(60));
    fails("L3", () -> new Liveness(sim, SwimConfig.lan()).takesBackAll());
    sim.heal();
    new Liveness(sim, SwimConfig.lan()).takesBackAll();
  }

  @Test
  void newcomerThatIsNotTakenInIsSeen() {
    Simulation sim = world(4);
    sim.paths().deafen(Simulation.address(4));
    fails("L4", () -> new Liveness(sim, SwimConfig.lan()).takesIn(sim.add()));
  }

  @Test
  void unrestIsSeen() {
    Simulation sim = world(4);
    disturb(sim, 600);
    fails("L5", () -> new Liveness(sim, SwimConfig.lan()).rests());
  }

  private static void disturb(Simulation sim, int times) {
    if (times > 0) {
      sim.node(0).put("k", "v" + times);
      sim.after(Duration.ofMillis(100), () -> disturb(sim, times - 1));
    }
  }

  @Test
  void suspicionThatArisesAtRestIsSeen() {
    Simulation sim = world(4);
    sim.after(Duration.ofSeconds(25), () -> sim.paths().mute(sim.node(3).address()));
    fails("L5: suspicions", () -> new Liveness(sim, SwimConfig.lan()).rests());
  }

  @Test
  void whatIsLeftUnderWayIsSeen() {
    Simulation sim = world(4);
    sim.after(Duration.ofMillis(39_999), () -> sim.node(1).put("k", "v"));
    fails("B4", () -> new Liveness(sim, SwimConfig.lan()).rests());
  }

  @Test
  void survivorThatIsDeafForTooLongIsSeen() {
    Duration hold = Duration.ofMinutes(10);
    Simulation sim = new Simulation(3).config(numbers -> numbers.deafHold(hold)).nodes(5);
    sim.runUntilConverged(SOON);
    List<SimNode> others = List.copyOf(sim.nodes().subList(1, 5));
    fails("L7", () -> new Liveness(sim, SwimConfig.lan()).detectsTheSilenceOf(others));
  }

  @Test
  void wrongDeathIsSeenWhereNoneIsPromised() {
    Simulation sim = world(5);
    sim.promises().nobodyDiesWrongly(true);
    sim.paths().mute(sim.node(4).address());
    fails("S4", () -> sim.run(Duration.ofSeconds(60)));
  }

  @Test
  void leaverThatIsDeclaredDeadIsSeenWhereThatIsPromised() {
    Simulation sim = world(5);
    sim.promises().nobodyDiesWrongly(true);
    sim.paths().mute(sim.node(4).address());
    sim.node(4).leave();
    fails("S5", () -> sim.run(Duration.ofSeconds(60)));
  }

  @Test
  void processThatAnswersAForeignClusterIsSeen() {
    Simulation sim = world(2);
    SimNode node = sim.node(0);
    Bounds bounds = new Bounds(node.id(), node.spec().config(), 50_000);
    bounds.asked(Simulation.address(9));
    bounds.sends(0, Simulation.address(9), 20);
    fails("B5", () -> bounds.answers(() -> false, 0));
  }
}
