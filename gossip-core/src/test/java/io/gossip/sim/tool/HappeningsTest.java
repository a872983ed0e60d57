package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.swim.SwimStats.Counter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HappeningsTest {

  private static Run play(String... happenings) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "region a 2 zones of 3 nodes",
                "region b 1 zone of 3 nodes",
                "group few is 2 nodes",
                "warmup 1s",
                "run 20s"));
    lines.addAll(List.of(happenings));
    Run run = new Run(ScenarioParser.parse("test", lines, List.of(), false), 1).play();
    assertThat(run.violation()).isNull();
    return run;
  }

  private static int running(Run run) {
    return run.world().sim().running().size();
  }

  private static int afflicted(Run run) {
    return (int) run.world().residents().stream().filter(Resident::isAfflicted).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pause group few for 2s",
        "block group few for 2s",
        "starve group few by 200ms for 2s",
        "slow group few to 2ms for 2s",
        "drift group few to 1.05 for 5s",
        "lose 80% from group few for 2s",
        "lose 80% to group few for 2s",
        "lose 80% to and from group few for 2s",
        "deafen group few for 2s",
        "mute group few for 2s",
        "clog group few for 2s",
        "swizzle group few for 2s",
        "flap group few up 1s down 1s for 4s",
        "choke group few to 100KB queue 64KB for 2s",
        "fill group few for 2s",
        "flood group few with 100 for 2s"
      })
  void afflictionsAreRememberedAndPass(String affliction) {
    Run run = play("at 2s " + affliction);
    assertThat(afflicted(run)).isEqualTo(2);
    assertThat(running(run)).isEqualTo(9);
    assertThat(run.world().divergence().equal(run.world().sim().running())).isTrue();
  }

  @Test
  void pauseOfAllStopsTheWorldForAWhile() {
    Run run = play("at 1s pause all for 5s", "rest from 2s until 5s");
    assertThat(run.world().traffic().restBytes()).isZero();
  }

  @Test
  void crashedNodesComeBackIfTheyAreTold() {
    assertThat(running(play("at 2s crash 2 nodes"))).isEqualTo(7);
    assertThat(running(play("at 2s silence region b"))).isEqualTo(6);
    assertThat(running(play("at 2s crash 2 nodes for 5s"))).isEqualTo(9);
    assertThat(play("at 2s crash node 4").world().residents().get(3).isRunning()).isFalse();
  }

  @Test
  void restartedNodesAreOthersUnderTheirNames() {
    Run run = play("at 2s restart all within 3s");
    assertThat(run.world().deaths().ended()).isEqualTo(9);
    assertThat(run.world().residents().get(8).node().id().value()).isEqualTo("n9");
    assertThat(run.world().tally().events("Restarted")).isPositive();
  }

  @Test
  void restartedNodesMayHaveNewNames() {
    Run run = play("at 2s restart node 5 with new ids");
    assertThat(run.world().residents().get(4).node().id().value()).isEqualTo("x1");
    assertThat(running(run)).isEqualTo(9);
  }

  @Test
  void clockThatIsBehindShowsAtTheNextStart() {
    Run run = play("at 1s clock node 5 by -1h", "at 2s restart node 5");
    assertThat(run.world().residents().get(4).node().spec().clockOffset()).hasHours(-1);
  }

  @Test
  void nodesJoinAndLeave() {
    Run run = play("at 2s join 3 nodes within 2s", "at 10s leave 2 nodes");
    assertThat(running(run)).isEqualTo(10);
    assertThat(run.world().tally().events("Left")).isPositive();
  }

  @Test
  void cutSeparatesUntilItIsHealed() {
    Run cut = play("at 2s cut region b");
    assertThat(separated(cut)).isTrue();
    assertThat(separated(play("at 2s cut region b for 3s"))).isFalse();
    assertThat(separated(play("at 2s cut region b", "at 5s heal"))).isFalse();
  }

  private static boolean separated(Run run) {
    List<Resident> all = run.world().residents();
    Resident here =
        all.stream().filter(node -> node.region().equals("a")).findFirst().orElseThrow();
    Resident there =
        all.stream().filter(node -> node.region().equals("b")).findFirst().orElseThrow();
    return run.world().cuts().separated(here, there);
  }

  @Test
  void badWaysCostTime() {
    Run good = play("at 5s update node 1");
    Run bad = play("at 4s worsen loss 5% latency 300ms for 10s", "at 5s update node 1");
    Run grey = play("at 4s grey b for 10s", "at 5s update node 1");
    long fast = slowest(good);
    assertThat(slowest(bad)).isGreaterThan(fast + 250);
    assertThat(slowest(grey)).isGreaterThan(fast + 250);
  }

  private static long slowest(Run run) {
    World world = run.world();
    var slowest = world.spread().slowest(1, world.residents());
    assertThat(slowest).isNotNull();
    return slowest == null ? -1 : slowest.toMillis();
  }

  @Test
  void whoIsOnNeitherSideOfABridgeStillHearsBoth() {
    Run run = play("at 2s bridge zone a/a and region b for 10s");
    assertThat(run.world().tally().sum(Counter.PROBES_INDIRECT)).isPositive();
    assertThat(run.world().tally().events("Failed")).isZero();
  }

  @Test
  void inARingOnlyNeighboursHearEachOther() {
    Run run = play("at 2s ring reach 1 for 5s");
    assertThat(run.world().tally().sum(Counter.PROBES_FAILED)).isPositive();
    assertThat(run.world().divergence().equal(run.world().sim().running())).isTrue();
  }

  @Test
  void streamsThatAreForgottenAreWaitedForInVain() {
    String joins = "at 2s join 1 node";
    long usual = play(joins).world().tally().sum(Counter.JOINS_ACCEPTED);
    Run run = play(joins, "every 1ms from 2s until 2.05s forget streams of seeds");
    assertThat(run.world().tally().sum(Counter.JOINS_ACCEPTED)).isLessThan(usual);
    assertThat(running(run)).isEqualTo(10);
  }

  @Test
  void happensAsOftenAsItIsTold() {
    Run run = play("every 2s from 1s until 10s update 1 node");
    assertThat(run.world().spread().marks()).hasSize(5);
  }
}
