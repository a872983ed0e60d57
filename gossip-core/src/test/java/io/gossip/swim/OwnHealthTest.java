package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Nack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Message.RelayedAck;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whom a failed probe speaks against: the target, or oneself (Lifeguard's LHA-Probe). */
class OwnHealthTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static SwimConfig withoutStreams() {
    return SwimConfig.lan().toBuilder().streamPing(false).build();
  }

  /** Lets time pass until somebody is suspected; returns the local health right then. */
  private static int passesUntilSuspected(Stage stage) {
    stage.events();
    for (int i = 0; i < 1_000; i++) {
      stage.passes(Duration.ofMillis(10));
      if (stage.events().stream().anyMatch(Suspected.class::isInstance)) {
        return stage.swim.report(stage.now()).localHealth();
      }
    }
    throw new AssertionError("nobody was suspected");
  }

  @Test
  @DisplayName("T-A 17, T-B 22: relays that say nothing at all are held against oneself")
  void silentRelaysAreHeldAgainstOneself() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    members.get(0).answers = false;
    members.get(2).nacks = false;
    members.get(3).nacks = false;
    stage.requestsFor(members.get(0), members.subList(1, 4));
    members.forEach(member -> member.answers = false); // no later probe mends what this one costs
    assertThat(passesUntilSuspected(stage)).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "T-B 20, 21: nacks from all relays leave the health alone; an answered probe mends it")
  void nacksLeaveTheHealthAlone() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    members.get(0).answers = false;
    stage.requestsFor(members.get(0), members.subList(1, 4));
    assertThat(members.get(0).status()).isEqualTo(SUSPECT);
    assertThat(stage.swim.report(stage.now()).localHealth()).isZero();
  }

  @Test
  @DisplayName("T-B 23: a failed probe without relays costs one")
  void failedProbeWithoutRelaysCostsOne() {
    Stage stage = new Stage(withoutStreams());
    Actor silent = stage.member("b");
    silent.answers = false;
    assertThat(passesUntilSuspected(stage)).isEqualTo(1);
    silent.answers = true;
    stage.passes(PERIOD.multipliedBy(4));
    assertThat(stage.swim.report(stage.now()).localHealth()).isZero();
  }

  @Test
  @DisplayName("T-B 25: a relay's own health does not suffer from a target that is silent")
  void relayIsNotBlamedForASilentTarget() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(2);
    Actor silent = members.get(0);
    Actor asking = members.get(1);
    silent.answers = false;
    stage.effects();
    asking.says(new PingReq(42, silent.handle()));
    assertThat(stage.sent(Ping.class, silent)).hasSize(1);
    stage.passes(Duration.ofMillis(450));
    assertThat(stage.sent(Nack.class, asking)).containsExactly(new Nack(42, silent.handle()));
    assertThat(stage.swim.report(stage.now()).localHealth()).isZero();
  }

  @Test
  void relayPassesTheAnswerOn() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(2);
    stage.effects();
    members.get(1).says(new PingReq(42, members.get(0).handle()));
    assertThat(stage.sent(RelayedAck.class, members.get(1)))
        .containsExactly(new RelayedAck(42, members.get(0).handle(), 0));
  }

  @Test
  @DisplayName("T-B 26: probes in flight while this process was paused accuse nobody")
  void probesInFlightDuringAPauseAccuseNobody() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(3);
    members.forEach(member -> member.answers = false);
    stage.passes(Duration.ofMillis(900));
    stage.events();
    stage.stopsFor(Duration.ofSeconds(3));
    members.forEach(member -> member.answers = true);
    stage.expires();
    assertThat(stage.swim.stats().count(SwimStats.Counter.PAUSES)).isEqualTo(1);
    stage.passes(Duration.ofSeconds(3));
    assertThat(stage.events()).noneMatch(Suspected.class::isInstance);
  }

  @Test
  void suspicionThatRanOutDuringAPauseIsNoVerdictBeforeAGraceHasPassed() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    Actor subject = members.get(0);
    members.forEach(member -> member.answers = false);
    Actor accuser = members.get(1);
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    stage.passes(Duration.ofMillis(1_500));
    assertThat(subject.status()).isEqualTo(SUSPECT);
    stage.stopsFor(Duration.ofSeconds(5));
    stage.effects();
    stage.expires();
    stage.passes(Duration.ofMillis(990));
    assertThat(subject.status()).isEqualTo(SUSPECT);
    // Not even the last look has begun, which would ping it every 100 ms.
    assertThat(stage.sent(Ping.class, subject)).hasSizeLessThan(3);
    subject.says(new Ack(1, 0));
    stage.passes(Duration.ofMillis(500));
    assertThat(subject.status()).isEqualTo(ALIVE);
  }

  @Test
  void verdictWaitsUntilTheInputIsRead() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    Actor subject = members.get(0);
    subject.answers = false;
    Actor accuser = members.get(1);
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    stage.inputWaits = true;
    stage.passes(Duration.ofSeconds(15));
    assertThat(subject.status()).isEqualTo(SUSPECT);
    stage.inputWaits = false;
    stage.passes(Duration.ofSeconds(2));
    assertThat(subject.status()).isEqualTo(DEAD);
  }

  @Test
  void deathThatNobodyAnswersForIsLookedIntoAndNoSuspicion() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    members.get(0).says(new Ack(1, 0));
    stage.effects();
    members.get(1).says(new Update.Dead(members.get(0).handle(), 0, List.of()));
    assertThat(stage.sent(Ping.class, members.get(0))).hasSize(1);
    assertThat(members.get(0).status()).isEqualTo(ALIVE);
  }

  @Test
  void memberThatAnswersTheLastLookIsNotDead() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    Actor subject = members.get(0);
    subject.answers = false;
    Actor accuser = members.get(1);
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    stage.effects();
    // The suspicion runs for two seconds: then come pings in quick succession.
    stage.passes(Duration.ofMillis(2_050));
    subject.answers = true;
    stage.passes(Duration.ofSeconds(1));
    assertThat(subject.status()).isEqualTo(ALIVE);
    assertThat(stage.swim.stats().count(SwimStats.Counter.LAST_LOOKS_SAVED)).isEqualTo(1);
    assertThat(stage.swim.stats().count(SwimStats.Counter.DEATHS_DECLARED)).isZero();
  }

  @Test
  void fewDeathsAreDeclaredAtATime() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(20);
    stage.passes(Duration.ofMillis(1_100)); // what was heard of them is too old to speak for them
    Actor accuser = members.get(0);
    for (Actor subject : members.subList(1, 20)) {
      subject.answers = false;
      accuser.says(
          new Update.Suspect(
              subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    }
    stage.effects();
    int dead = 0;
    for (int i = 0; i < 75; i++) {
      stage.passes(Duration.ofMillis(100));
      accuser.says(new Ack(1, 0)); // so that it does not hear nobody
      dead += (int) stage.events().stream().filter(Failed.class::isInstance).count();
    }
    // The first fell due after two seconds, all after seven; a fifth may be declared in five, of
    // the 21 that there were, and of the 18 that are left of these when the fourth comes.
    assertThat(dead).isEqualTo(4);
    assertThat(stage.swim.stats().count(SwimStats.Counter.VERDICTS_BRAKED)).isPositive();
  }

  @Test
  void whoHasNotFoundAMemberSilentLeavesTheLastLookToThoseWhoHave() {
    // In a period so long it does not come to probe the subject itself.
    Duration period = PERIOD.multipliedBy(10);
    Stage stage = new Stage(withoutStreams().toBuilder().probeInterval(period).build());
    List<Actor> members = stage.members(8);
    Actor accuser = members.get(0);
    Actor subject = members.get(1);
    stage.passes(period.plusMillis(100)); // what was heard of the subject is too old to count
    subject.answers = false;
    accuser.says(
        new Update.Suspect(
            subject.handle(), 0, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    stage.passes(period);
    accuser.says(new Ack(1, 0)); // so that it does not hear nobody
    stage.passes(period.plusMillis(900));
    // Its time was over before; a last look would have taken half a second.
    assertThat(subject.status()).isEqualTo(SUSPECT);
    stage.passes(Duration.ofSeconds(2));
    assertThat(subject.status()).isEqualTo(DEAD);
  }

  @Test
  void whoHasReasonToDoubtItselfLooksLongestAtWhomFewAccuse() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(8);
    Actor subject = members.get(0);
    subject.answers = false;
    members.subList(1, 6).forEach(member -> member.answers = member.nacks = false);
    for (int i = 0; i < 600 && subject.status() != DEAD; i++) {
      stage.passes(Duration.ofMillis(100));
      members.get(6).says(new Ack(1, 0)); // so that it does not hear nobody
    }
    assertThat(subject.status()).isEqualTo(DEAD);
    // A last look takes two seconds at most otherwise, with a ping each tenth of one; and since
    // nobody else accuses the subject, it is taken again until half a minute is over.
    assertThat(stage.sent(Ping.class, subject)).hasSizeGreaterThan(150);
  }

  @Test
  @DisplayName("T-B 19: who doubts itself probes less often")
  void whoDoubtsItselfProbesLessOften() {
    Stage stage = new Stage(withoutStreams().toBuilder().deafHold(Duration.ofHours(1)).build());
    List<Actor> members = stage.members(6);
    stage.passes(Duration.ofSeconds(5));
    long before = stage.swim.stats().count(SwimStats.Counter.PROBES);
    stage.passes(Duration.ofSeconds(20));
    long healthy = stage.swim.stats().count(SwimStats.Counter.PROBES) - before;
    for (Actor member : members) {
      member.answers = false;
      member.nacks = false;
    }
    stage.passes(Duration.ofSeconds(30));
    assertThat(stage.swim.report(stage.now()).localHealth()).isEqualTo(7);
    before = stage.swim.stats().count(SwimStats.Counter.PROBES);
    stage.passes(Duration.ofSeconds(80));
    long doubting = stage.swim.stats().count(SwimStats.Counter.PROBES) - before;
    assertThat(healthy).isEqualTo(20);
    assertThat(doubting).isEqualTo(10);
  }
}
