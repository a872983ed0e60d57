package io.gossip.swim;

import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.LEFT;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Left;
import io.gossip.sim.Effect;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lines of docs/CONFORMANCE.md that concern the whole machine and no single part. */
class ConformanceTest {
  private static final Duration REST = Duration.ofSeconds(20);

  private final Stage stage =
      new Stage(SwimConfig.lan().toBuilder().streamPing(false).build()); // nobody plays streams

  @Test
  @DisplayName("T-A 12: a leave in the middle of a round costs nobody a turn")
  void leaveInTheMiddleOfARoundCostsNobodyATurn() {
    List<Actor> members = stage.members(5);
    stage.passes(Duration.ofMillis(2_100));
    Actor leaver = members.get(2);
    leaver.says(new Update.Left(leaver.handle(), 0));
    stage.effects();
    stage.passes(Duration.ofSeconds(40));
    List<Effect> effects = stage.effects();
    for (Actor member : members) {
      int turns = Stage.messages(effects, Ping.class, member.address).size();
      assertThat(turns).isBetween(member == leaver ? 0 : 9, member == leaver ? 0 : 11);
    }
  }

  @Test
  @DisplayName("T-A 15: a period begins its probe though another still runs")
  void periodBeginsItsProbeThoughAnotherStillRuns() {
    List<Actor> members = stage.members(4);
    stage.passes(REST);
    Actor silent = members.get(0);
    silent.answers = false;
    members.forEach(relay -> relay.nacks = false); // so that it is waited for to the end
    long probes = stage.swim.stats().count(Counter.PROBES);
    stage.swim.reportFailure(stage.now(), silent.id);
    stage.react();
    stage.passes(Duration.ofMillis(990)); // within which a period begins
    assertThat(stage.swim.load().probes()).isPositive();
    assertThat(stage.swim.stats().count(Counter.PROBES) - probes).isEqualTo(2);
    stage.passes(Duration.ofMillis(100));
    assertThat(silent.status()).isEqualTo(SUSPECT);
  }

  @Test
  @DisplayName("T-C 29: a confirmation that leaves no time ends the suspicion at once, and once")
  void confirmationThatLeavesNoTimeEndsTheSuspicionAtOnce() {
    List<Actor> members = stage.members(6);
    Actor subject = members.get(0);
    stage.passes(Duration.ofSeconds(1));
    subject.answers = false;
    while (subject.status() != SUSPECT) {
      stage.passes(Duration.ofMillis(100));
    }
    stage.passes(Duration.ofSeconds(3)); // more than the shortest, less than after one confirmation
    stage.effects();
    accuse(subject, members.get(1));
    stage.passes(Duration.ofMillis(1_200)); // time enough for a last look, had it come to that
    assertThat(subject.status()).isEqualTo(SUSPECT);
    accuse(subject, members.get(2));
    stage.passes(Duration.ofMillis(1_200));
    assertThat(subject.status()).isEqualTo(DEAD);
    stage.passes(REST);
    assertThat(stage.events()).filteredOn(Failed.class::isInstance).hasSize(1);
  }

  private static void accuse(Actor subject, Actor accuser) {
    accuser.says(
        new Update.Suspect(
            subject.handle(),
            subject.record().incarnation(),
            List.of(new Update.Charge(accuser.handle(), Evidence.UNANSWERED))));
  }

  @Test
  @DisplayName("T-I 117: a leave that is heard again is not told again")
  void leaveThatIsHeardAgainIsNotToldAgain() {
    List<Actor> members = stage.members(4);
    Actor leaver = members.get(0);
    Update.Left leave = new Update.Left(leaver.handle(), 0);
    members.get(1).says(leave);
    assertThat(stage.events()).filteredOn(Left.class::isInstance).hasSize(1);
    stage.passes(REST);
    stage.effects();
    members.get(2).says(leave);
    stage.passes(REST);
    List<Effect> effects = stage.effects();
    assertThat(leaver.status()).isEqualTo(LEFT);
    assertThat(effects).noneMatch(Effect.Published.class::isInstance);
    for (Actor member : members) {
      assertThat(Stage.messages(effects, Update.Left.class, member.address)).isEmpty();
    }
  }

  @Test
  @DisplayName("T-K 135: health, queues and suspicions can be read, and are 0 at rest")
  void whatIsUnderWayCanBeReadAndIsNothingAtRest() {
    List<Actor> members = stage.members(4);
    stage.passes(REST);
    assertThatNothingIsUnderWay();
    members.get(0).answers = false;
    while (members.get(0).status() != SUSPECT) {
      stage.passes(Duration.ofMillis(100));
    }
    assertThat(stage.swim.load().suspicions()).isEqualTo(1);
    assertThat(stage.swim.load().rumors()).isEqualTo(1);
    members.get(0).answers = true;
    stage.passes(REST);
    assertThatNothingIsUnderWay();
  }

  private void assertThatNothingIsUnderWay() {
    SwimLoad load = stage.swim.load();
    assertThat(load.rumors() + load.suspicions() + load.relayed() + load.streams()).isZero();
    assertThat(load.probes()).isZero();
    assertThat(stage.swim.report(stage.now()).localHealth()).isZero();
  }
}
