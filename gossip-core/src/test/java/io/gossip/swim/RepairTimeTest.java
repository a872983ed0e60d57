package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Message.Ping;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairTimeTest {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private static Pair differing() {
    Pair pair = new Pair();
    pair.a.pings();
    pair.b.pings();
    pair.a.learns(Pair.members(0, 300, 0));
    pair.b.learns(Pair.members(0, 300, 0));
    pair.rumorsEnd();
    return pair;
  }

  private static void repair(Pair pair) {
    pair.passes(INTERVAL);
    pair.a.pings();
  }

  private static long count(Pair.Side side, Counter counter) {
    return side.swim.stats().count(counter);
  }

  @Test
  void aRepairIsOverOnceThePartnerHasTakenOverWhatItLacked() {
    Pair pair = differing();
    pair.a.learns(Pair.member(123, 1));
    pair.rumorsEnd();
    repair(pair); // which a begins
    assertThat(pair.agree()).isTrue();
    assertThat(count(pair.a, Counter.SYNCS)).isEqualTo(1);
    assertThat(count(pair.a, Counter.SYNCS_FINISHED)).isEqualTo(1);
  }

  @Test
  void aRepairIsOverOnceThisNodeHasTakenOverWhatItLacked() {
    Pair pair = differing();
    pair.b.learns(Pair.member(123, 1));
    pair.rumorsEnd();
    repair(pair);
    assertThat(pair.agree()).isTrue();
    assertThat(count(pair.a, Counter.SYNCS_FINISHED)).isEqualTo(1);
    assertThat(count(pair.b, Counter.SYNCS_FINISHED)).as("it has begun none").isZero();
    assertThat(pair.b.said(Ping.class)).isEmpty();
    assertThat(pair.a.swim.stats().dropped(Drop.UNEXPECTED)).isZero();
  }

  @Test
  void howLongItTookIsInItsTime() {
    Simulation sim = new Simulation(1).nodes(2);
    sim.runUntilConverged(Duration.ofSeconds(30));
    sim.partition(List.of(sim.node(0)), List.of(sim.node(1)));
    sim.node(0).put("load", "1");
    sim.run(Duration.ofSeconds(3)); // in which it is told to nobody
    sim.heal();
    sim.runUntilConverged(Duration.ofSeconds(30));
    sim.run(Duration.ofSeconds(5));
    long repairs = 0;
    for (SimNode node : sim.nodes()) {
      long finished = node.stats().count(Counter.SYNCS_FINISHED);
      long nanos = node.stats().nanos(Counter.SYNCS_FINISHED);
      assertThat(nanos).isBetween(finished * 1_000, finished * INTERVAL.toNanos());
      repairs += finished;
    }
    assertThat(repairs).isPositive();
  }

  @Test
  void aRepairThatBringsNothingTogetherIsUnfinishedAfterFourIntervals() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(3);
    stage.passes(Duration.ofSeconds(10));
    Actor other = members.get(0);
    other.disagrees = true;
    other.says();
    SwimStats stats = stage.swim.stats();
    assertThat(stats.count(Counter.SYNCS)).isEqualTo(1);
    members.get(1).says(); // of whom nothing is wanted
    assertThat(stats.count(Counter.SYNCS_UNFINISHED)).isZero();

    other.disagrees = false;
    other.answers = false;
    stage.passes(INTERVAL.multipliedBy(4).plusMillis(1));
    members.get(1).says();
    assertThat(stats.count(Counter.SYNCS_UNFINISHED)).isEqualTo(1);
    assertThat(stats.nanos(Counter.SYNCS_UNFINISHED)).isEqualTo(4 * INTERVAL.toNanos());
    assertThat(stats.count(Counter.SYNCS_FINISHED)).isZero();
  }
}
