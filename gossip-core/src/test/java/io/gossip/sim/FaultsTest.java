package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each fault does, and that it ends. */
class FaultsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Simulation sim = new Simulation(1);
  private final Faults faults = sim.faults();

  /** Whom each hears, by their numbers: a line for each listener. */
  private List<String> ears() {
    List<String> ears = new ArrayList<>();
    for (SimNode to : sim.nodes()) {
      StringBuilder heard = new StringBuilder();
      for (SimNode from : sim.nodes()) {
        boolean passes =
            sim.paths()
                .datagramsPass(from.sockets().machine, to.sockets().machine, sim.time().toNanos());
        heard.append(from != to && passes ? String.valueOf(from.number()) : "-");
      }
      ears.add(heard.toString());
    }
    return ears;
  }

  private List<SimNode> nodes(int... numbers) {
    List<SimNode> nodes = new ArrayList<>();
    for (int number : numbers) {
      nodes.add(sim.node(number));
    }
    return nodes;
  }

  private static long received(SimNode node) {
    return node.stats().count(Counter.DATAGRAMS_RECEIVED);
  }

  private static long sent(SimNode node) {
    return node.stats().count(Counter.DATAGRAMS_SENT);
  }

  // Cuts

  @Test
  void oneWayCutLeavesTheOtherDirection() {
    sim.nodes(3);
    Disturbance fault = faults.oneWay(nodes(0), nodes(1, 2));
    assertThat(ears()).containsExactly("-12", "--2", "-1-");
    fault.end();
    assertThat(ears()).containsExactly("-12", "0-2", "01-");
  }

  @Test
  void islandsAndIsolationTakeNewcomersWithTheFirst() {
    sim.nodes(3);
    Disturbance islands = faults.islands(List.of(nodes(0), nodes(1, 2)));
    assertThat(ears()).containsExactly("---", "--2", "-1-");
    islands.end();
    Disturbance alone = faults.isolate(sim.node(1));
    sim.add();
    assertThat(ears()).containsExactly("--23", "----", "0--3", "0-2-");
    alone.end();
    assertThat(ears().get(1)).isEqualTo("0-23");
  }

  @Test
  void bridgeHearsBothSidesThatDoNotHearEachOther() {
    sim.nodes(5);
    Disturbance fault = faults.bridge(nodes(0, 1), nodes(3, 4));
    assertThat(ears()).containsExactly("-12--", "0-2--", "01-34", "--2-4", "--23-");
    fault.end();
    assertThat(ears().get(0)).isEqualTo("-1234");
  }

  @Test
  void ringHearsItsNeighboursOnly() {
    sim.nodes(6);
    Disturbance fault = faults.ring(nodes(0, 1, 2, 3, 4), 1);
    assertThat(ears()).containsExactly("-1--45", "0-2--5", "-1-3-5", "--2-45", "0--3-5", "01234-");
    fault.end();
    assertThat(ears().get(0)).isEqualTo("-12345");
  }

  @Test
  void cutRegionTakesItsNewcomersAlong() {
    sim.topology(new Topology().zone("eu/a", 1).zone("eu/b", 1).zone("us/a", 1)).nodes(3);
    Disturbance fault = faults.cutRegion("eu");
    sim.start(sim.spec(3).inZone("eu/c"));
    assertThat(sim.nodes().stream().map(node -> node.self().zone()))
        .containsExactly("eu/a", "us/a", "eu/b", "eu/c");
    assertThat(ears()).containsExactly("--23", "----", "0--3", "0-2-");
    fault.end();
    assertThat(ears().get(1)).isEqualTo("0-23");
  }

  @Test
  void flappingWayIsUpAndDownInTurn() {
    sim.nodes(3);
    Disturbance fault = faults.flap(nodes(0), nodes(1), SECOND, Duration.ofSeconds(2));
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      heard.add(ears().get(0));
      assertThat(ears().get(1))
          .isEqualTo(heard.get(i).replace('1', '0').equals("-02") ? "0-2" : "--2");
      sim.run(SECOND);
    }
    assertThat(heard).containsExactly("-12", "--2", "--2", "-12", "--2", "--2", "-12");
    fault.end();
    assertThat(ears().get(0)).isEqualTo("-12");
  }

  @Test
  void faultsAddUpAndEndOneByOneOrAllAtOnce() {
    sim.nodes(3);
    Disturbance first = faults.oneWay(nodes(0), nodes(1));
    Disturbance second = faults.isolate(sim.node(0));
    first.end();
    assertThat(ears()).containsExactly("---", "--2", "-1-");
    second.end();
    assertThat(first.isEnded() && second.isEnded()).isTrue();
    faults.ring(sim.nodes(), 0);
    sim.heal();
    assertThat(ears()).containsExactly("-12", "0-2", "01-");
  }

  @Test
  void faultLastsAsLongAsItWasTold() {
    sim.nodes(2);
    faults.isolate(sim.node(0)).lasting(SECOND);
    sim.run(Duration.ofMillis(999));
    assertThat(ears()).containsExactly("--", "--");
    sim.run(Duration.ofMillis(1));
    assertThat(ears()).containsExactly("-1", "0-");
  }

  @Test
  void allEndAtOnceAndNoneComesBack() {
    sim.topology(new Topology().zone("eu", 2).zone("us", 1)).assembled(3);
    faults.isolate(sim.node(0));
    faults.grey("eu");
    faults.pause(nodes(1));
    faults.block(nodes(2));
    faults.lose(nodes(2), 1, 1);
    faults.flap(nodes(0), nodes(1), SECOND, SECOND);
    faults.swizzle(sim.nodes(), Duration.ofSeconds(10));
    sim.run(Duration.ofMillis(100));
    faults.endAll();
    assertThat(ears()).containsExactly("-12", "0-2", "01-");
    assertThat(sim.node(1).isPaused()).isFalse();
    sim.runUntilConverged(Duration.ofSeconds(10));
    assertThat(sim.nodes()).noneMatch(to -> clog(sim.node(0), to));
    assertThat(sim.node(2).sockets().machine.lossIn).isZero();
  }

  // Bad ways

  @Test
  void swizzleClogsEverybodyAndLetsAllGoAgain() {
    sim.assembled(6);
    faults.swizzle(sim.nodes(), Duration.ofSeconds(4));
    sim.run(Duration.ofSeconds(2));
    for (SimNode to : sim.nodes()) {
      assertThat(clog(sim.node(0), to)).isTrue();
      assertThat(clog(sim.node(5), to)).isTrue();
    }
    sim.run(Duration.ofSeconds(2));
    assertThat(sim.nodes()).noneMatch(to -> clog(sim.node(0), to));
    sim.runUntilConverged(Duration.ofSeconds(30));
  }

  private boolean clog(SimNode from, SimNode to) {
    return sim.paths().clog(from.sockets().machine, to.sockets().machine) != null;
  }

  @Test
  void greyRegionLosesAndDelays() {
    sim.topology(new Topology().zone("eu", 1).zone("us", 1).sameRegion(Link.lan())).nodes(2);
    Disturbance fault = faults.grey("eu");
    Link link = sim.paths().link(sim.node(0).sockets().machine, sim.node(1).sockets().machine);
    assertThat(link.loss().share()).isEqualTo(0.3);
    assertThat(link.delay().least()).isEqualTo(Duration.ofNanos(300_200_000));
    fault.end();
    link = sim.paths().link(sim.node(0).sockets().machine, sim.node(1).sockets().machine);
    assertThat(link).isEqualTo(Link.lan());
  }

  @Test
  void lossOfAMachineEnds() {
    sim.assembled(4);
    Disturbance fault = faults.lose(nodes(1), 1, 0);
    long before = received(sim.node(1));
    sim.run(Duration.ofSeconds(2));
    assertThat(received(sim.node(1))).isEqualTo(before);
    fault.end();
    sim.run(Duration.ofSeconds(2));
    assertThat(received(sim.node(1))).isGreaterThan(before);
  }

  @Test
  void narrowUploadOfAMachineEnds() {
    sim.assembled(2);
    Disturbance fault = faults.upload(nodes(0), 1, 0);
    assertThat(sim.node(0).sockets().machine.uplink).isNotNull();
    fault.end();
    assertThat(sim.node(0).sockets().machine.uplink).isNull();
  }

  // Processes

  @Test
  void manyArePausedInTheSameMoment() {
    sim.assembled(6);
    faults.pause(nodes(1, 2, 3)).lasting(SECOND);
    assertThat(sim.nodes().stream().filter(SimNode::isPaused)).hasSize(3);
    long before = sent(sim.node(1));
    sim.run(Duration.ofMillis(999));
    assertThat(sent(sim.node(1))).isEqualTo(before);
    sim.run(Duration.ofSeconds(2));
    assertThat(sim.nodes().stream().filter(SimNode::isPaused)).isEmpty();
    assertThat(sent(sim.node(1))).isGreaterThan(before);
  }

  @Test
  void blockedProcessRunsItsTimersAndNothingGoesInOrOutUntilItDoesAllAtOnce() {
    sim.assembled(5);
    SimNode blocked = sim.node(4);
    long in = received(blocked);
    long asked = sent(blocked);
    Disturbance fault = faults.block(List.of(blocked));
    sim.node(0).put("colour", "blue");
    blocked.put("shape", "round");
    sim.run(Duration.ofSeconds(3));
    assertThat(received(blocked)).isEqualTo(in);
    assertThat(sent(blocked)).isGreaterThan(asked); // it thinks so
    assertThat(blocked.stateOf(sim.node(0))).isEmpty();
    assertThat(sim.node(0).stateOf(blocked)).isEmpty();
    fault.end();
    assertThat(received(blocked)).isGreaterThan(in);
    assertThat(blocked.stateOf(sim.node(0))).isEqualTo(Map.of("colour", "blue"));
    sim.runUntilConverged(Duration.ofSeconds(20));
  }

  @Test
  void starvedProcessIsLateWithEverything() {
    sim.assembled(2);
    SimNode starved = sim.node(0);
    Disturbance fault = faults.starve(List.of(starved), Duration.ofMillis(700));
    starved.put("colour", "blue");
    sim.run(Duration.ofMillis(699));
    assertThat(starved.self().state()).isEmpty();
    sim.run(Duration.ofMillis(1));
    assertThat(starved.self().state()).isNotEmpty();
    fault.end();
    starved.put("shape", "round");
    sim.run(Duration.ofMillis(701)); // the turn that was waiting
    starved.put("size", "large");
    assertThat(starved.self().state()).hasSize(3);
  }

  @Test
  void slowProcessTakesItsTimeForEachInput() {
    sim.nodes(1);
    SimNode slow = sim.node(0);
    sim.run(SECOND);
    Disturbance fault = faults.slow(List.of(slow), Duration.ofMillis(100));
    slow.put("a", "1");
    slow.put("b", "2");
    slow.put("c", "3");
    assertThat(slow.self().state()).hasSize(1);
    sim.run(Duration.ofMillis(100));
    assertThat(slow.self().state()).hasSize(2);
    fault.end();
    sim.run(Duration.ofMillis(100));
    slow.put("d", "4");
    assertThat(slow.self().state()).hasSize(4);
  }

  @Test
  void fullSendBufferDropsDatagramsAtTheSender() {
    sim.assembled(4);
    SimNode full = sim.node(3);
    Disturbance fault = faults.fillSendBuffers(List.of(full));
    full.put("colour", "blue");
    sim.run(Duration.ofSeconds(2));
    assertThat(full.outlet().dropped()).isPositive();
    assertThat(sim.node(0).stateOf(full)).isEmpty();
    fault.end();
    sim.runUntilConverged(Duration.ofSeconds(20));
    assertThat(sim.node(0).stateOf(full)).isEqualTo(Map.of("colour", "blue"));
  }

  @Test
  void driftingClockRunsItsTimersAtItsOwnPace() {
    sim.assembled(3);
    Disturbance fault = faults.drift(nodes(0), 1.5);
    long[] before = sim.nodes().stream().mapToLong(FaultsTest::probes).toArray();
    sim.run(Duration.ofSeconds(60));
    assertThat(probes(sim.node(0)) - before[0]).isBetween(88L, 91L);
    assertThat(probes(sim.node(1)) - before[1]).isBetween(59L, 61L);
    fault.end();
    before = sim.nodes().stream().mapToLong(FaultsTest::probes).toArray();
    sim.run(Duration.ofSeconds(60));
    assertThat(probes(sim.node(0)) - before[0]).isBetween(59L, 61L);
  }

  private static long probes(SimNode node) {
    return node.stats().count(Counter.PROBES);
  }

  @Test
  void processThatRestartsWithItsClockAnHourBackIsAMemberAgain() {
    sim.assembled(4);
    long generation = sim.node(3).self().generation();
    faults.jumpWallClock(sim.node(3), Duration.ofHours(-1));
    sim.run(Duration.ofSeconds(5));
    assertThat(sim.converged()).isTrue(); // one that runs does not read it
    SimNode again = sim.restart(sim.node(3));
    assertThat(again.self().generation()).isLessThan(generation);
    sim.runUntilConverged(Duration.ofSeconds(30));
    assertThat(again.self().generation()).isGreaterThan(generation);
  }

  @Test
  void processThatRestartsWithItsClockFarAheadIsRefused() {
    sim.assembled(4);
    faults.jumpWallClock(sim.node(3), Duration.ofDays(400));
    SimNode again = sim.restart(sim.node(3));
    sim.run(Duration.ofSeconds(5));
    assertThat(again.phase()).isEqualTo(Phase.JOINING);
    assertThat(again.report().seeds().get(0).problem()).contains("year ahead");
  }

  @Test
  void everybodyIsRestartedWithinTheTime() {
    sim.assembled(10);
    List<SimNode> former = List.copyOf(sim.nodes());
    sim.restartAll(former, Duration.ofSeconds(10));
    sim.run(Duration.ofSeconds(5));
    assertThat(former.stream().filter(SimNode::isRunning).count()).isBetween(1L, 9L);
    sim.run(Duration.ofSeconds(5));
    assertThat(former).noneMatch(SimNode::isRunning);
    sim.runUntilConverged(Duration.ofSeconds(60));
  }

  @Test
  void strangersGarbageIsDroppedAndHarmsNobody() {
    sim.assembled(4);
    Disturbance fault = faults.flood(sim.node(0), 1_000);
    sim.run(Duration.ofSeconds(5));
    fault.end();
    sim.run(SECOND);
    long dropped =
        sim.node(0).stats().dropped(Drop.MALFORMED) + sim.node(0).stats().dropped(Drop.CHECKSUM);
    assertThat(dropped).isBetween(4_000L, 5_001L);
    assertThat(sim.converged()).isTrue();
    long before = sim.node(0).stats().count(Counter.DATAGRAMS_RECEIVED);
    sim.run(SECOND);
    assertThat(received(sim.node(0)) - before).isLessThan(50);
  }
}
