package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Nack;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the state machine does differently with single rules switched off. */
class RuleTest {

  private static Stage without(Rule... rules) {
    return new Stage(SwimConfig.lan().toBuilder().streamPing(false).without(rules).build());
  }

  /** Another member says that it found nothing but silence. */
  private static void accuse(Actor accuser, Actor subject, Evidence evidence) {
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), evidence))));
  }

  @Test
  void allRulesHoldUnlessSwitchedOff() {
    assertThat(SwimConfig.lan().rules()).containsExactly(Rule.values());
    SwimConfig two = SwimConfig.lan().toBuilder().only(Rule.BUDDY, Rule.NACK).build();
    assertThat(two.rules()).containsExactly(Rule.NACK, Rule.BUDDY);
    assertThat(two.toBuilder().without(Rule.NACK).build().rules()).isEqualTo(Set.of(Rule.BUDDY));
  }

  @Test
  void withoutLocalHealthNothingIsHeldAgainstOneself() {
    Stage stage = without(Rule.LOCAL_HEALTH, Rule.DEAF_HOLD);
    stage.members(4).forEach(member -> member.answers = member.nacks = false);
    stage.passes(Duration.ofSeconds(5));
    assertThat(stage.swim.report(stage.now()).localHealth()).isZero();
  }

  @Test
  void withoutNacksARelayIsSilentAboutASilentTarget() {
    Stage stage = without(Rule.NACK);
    List<Actor> members = stage.members(2);
    members.get(0).answers = false;
    members.get(1).says(new PingReq(42, members.get(0).handle()));
    stage.passes(Duration.ofMillis(900));
    assertThat(stage.sent(Nack.class, members.get(1))).isEmpty();
  }

  @Test
  void withoutConfirmationsASuspicionIsAtItsMinimumFromTheStart() {
    Stage stage = without(Rule.CONFIRMATIONS);
    List<Actor> members = stage.members(8);
    members.get(0).answers = false;
    accuse(members.get(1), members.get(0), Evidence.UNANSWERED);
    // Two seconds, and then those who did not accuse it leave the last look to who did.
    stage.passes(Duration.ofSeconds(8));
    assertThat(members.get(0).status()).isEqualTo(DEAD);
  }

  @Test
  void withoutLifeEvidenceAnAnswerEndsNoSuspicion() {
    for (boolean off : new boolean[] {true, false}) {
      Stage stage = off ? without(Rule.LIFE_EVIDENCE) : without();
      List<Actor> members = stage.members(4);
      members.get(0).answers = false;
      accuse(members.get(1), members.get(0), Evidence.SILENT);
      members.get(0).says(new Ack(1, 0));
      assertThat(members.get(0).status()).isEqualTo(off ? SUSPECT : ALIVE);
    }
  }

  @Test
  void withoutOwnEarsTheWordOfOthersIsTaken() {
    for (boolean off : new boolean[] {true, false}) {
      Stage stage = off ? without(Rule.OWN_EARS) : without();
      List<Actor> members = stage.members(4);
      members.get(0).says(new Ack(1, 0));
      members.get(1).says(new Update.Dead(members.get(0).handle(), 0, List.of()));
      assertThat(members.get(0).status()).isEqualTo(off ? DEAD : ALIVE);
    }
  }

  @Test
  void withoutLastLookTheEndOfASuspicionIsAVerdict() {
    for (boolean off : new boolean[] {true, false}) {
      Stage stage = off ? without(Rule.LAST_LOOK) : without();
      List<Actor> members = stage.members(4);
      members.get(0).answers = false;
      accuse(members.get(1), members.get(0), Evidence.SILENT);
      stage.passes(Duration.ofMillis(2_050));
      assertThat(members.get(0).status()).isEqualTo(off ? DEAD : SUSPECT);
    }
  }

  @Test
  void withoutDrainingUnreadInputHindersNoVerdict() {
    Stage stage = without(Rule.DRAIN_FIRST);
    List<Actor> members = stage.members(4);
    members.get(0).answers = false;
    accuse(members.get(1), members.get(0), Evidence.SILENT);
    stage.inputWaits = true;
    stage.passes(Duration.ofSeconds(3));
    assertThat(members.get(0).status()).isEqualTo(DEAD);
  }

  @Test
  void withoutThePauseGuardAPauseIsNotNoticed() {
    Stage stage = without(Rule.PAUSE_GUARD);
    stage.members(3);
    stage.stopsFor(Duration.ofSeconds(3));
    stage.expires();
    assertThat(stage.swim.stats().count(SwimStats.Counter.PAUSES)).isZero();
  }

  @Test
  void withoutDeafHoldANodeThatHearsNobodyDeclaresDeaths() {
    Stage stage = without(Rule.DEAF_HOLD, Rule.LOCAL_HEALTH);
    List<Actor> members = stage.members(8);
    members.forEach(member -> member.answers = member.nacks = false);
    stage.passes(Duration.ofSeconds(20));
    assertThat(stage.events()).anyMatch(Failed.class::isInstance);
  }

  @Test
  void withoutTheStormBrakeManyDeathsAreDeclaredAtATime() {
    Stage stage = without(Rule.STORM_BRAKE);
    List<Actor> members = stage.members(20);
    for (Actor subject : members.subList(1, 20)) {
      subject.answers = false;
      accuse(members.get(0), subject, Evidence.SILENT);
    }
    stage.events();
    for (int i = 0; i < 100; i++) {
      stage.passes(Duration.ofMillis(100));
      members.get(0).says(new Ack(1, 0)); // so that it does not hear nobody
    }
    // With the brake it is a fifth of 21 in five seconds.
    assertThat(stage.events()).filteredOn(Failed.class::isInstance).hasSizeGreaterThan(15);
  }
}
