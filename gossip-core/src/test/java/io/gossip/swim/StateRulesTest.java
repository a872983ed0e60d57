package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.LEFT;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.MembershipEvent.Left;
import io.gossip.membership.MembershipEvent.Recovered;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.MembershipEvent.Updated;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Effect;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a node makes of what it is told (SWIM §4.2, the order of preference). */
class StateRulesTest {
  private final Stage stage = new Stage();

  private static Update.Suspect suspicion(Actor subject, int incarnation, Actor accuser) {
    return new Update.Suspect(
        subject.handle(),
        incarnation,
        List.of(new Update.Charge(accuser.handle(), Evidence.UNANSWERED)));
  }

  private Update.Suspect suspicionOfSelf(int incarnation, Actor accuser) {
    return new Update.Suspect(
        stage.swim.membership().self().identity().handle(),
        incarnation,
        List.of(new Update.Charge(accuser.handle(), Evidence.UNANSWERED)));
  }

  /** What the others are told about a member from now on, for as long as it is told. */
  private <U extends Update> List<U> spread(Class<U> kind, Actor... to) {
    stage.effects();
    stage.passes(Duration.ofMillis(300));
    List<Effect> effects = stage.effects();
    List<U> told = new ArrayList<>();
    for (Actor actor : to) {
      told.addAll(Stage.messages(effects, kind, actor.address));
    }
    return told;
  }

  private int ownIncarnation() {
    return stage.swim.membership().self().incarnation();
  }

  @Test
  @DisplayName("T-D 36: a suspicion of somebody unknown is ignored")
  void suspicionOfAStrangerIsIgnored() {
    Actor b = stage.member("b");
    Actor unknown = stage.stranger("unknown");
    stage.effects();
    b.says(suspicion(unknown, 0, b));
    assertThat(stage.events()).isEmpty();
    assertThat(unknown.status()).isNull();
  }

  @Test
  @DisplayName("T-D 37: the death of somebody unknown is no event, but keeps him dead")
  void deathOfAStrangerOnlyLeavesATombstone() {
    Actor b = stage.member("b");
    Actor unknown = stage.stranger("unknown");
    stage.effects();
    b.says(new Update.Dead(unknown.handle(), 3, List.of()));
    assertThat(stage.events()).isEmpty();
    b.says(unknown.alive(3));
    assertThat(stage.events()).isEmpty();
    b.says(unknown.alive(4));
    assertThat(stage.events()).singleElement().isInstanceOf(Joined.class);
  }

  @Test
  @DisplayName(
      "T-D 38, 39: a new member joins once, however often it is heard of, and is passed on")
  void newMemberJoinsOnce() {
    List<Actor> others = stage.members(2);
    stage.passes(Duration.ofSeconds(5));
    Actor newcomer = stage.stranger("newcomer");
    stage.effects();
    others.get(0).says(newcomer.alive());
    others.get(1).says(newcomer.alive());
    assertThat(stage.events()).containsExactly(new Joined(newcomer.record()));
    assertThat(spread(Update.Alive.class, others.get(0), others.get(1))).contains(newcomer.alive());
  }

  @Test
  @DisplayName("T-D 40: a suspect is cleared by a higher incarnation, not by an equal one")
  void suspectIsClearedByAHigherIncarnationOnly() {
    List<Actor> others = stage.members(3);
    Actor subject = others.get(0);
    stage.passes(Duration.ofSeconds(2));
    subject.answers = false;
    subject.incarnation = 0;
    stage.passes(Duration.ofSeconds(2));
    stage.effects();
    Actor accuser = others.get(1);
    accuser.says(suspicion(subject, 5, accuser)); // heard of in an incarnation not seen before
    assertThat(subject.status()).isEqualTo(SUSPECT);
    stage.effects();
    accuser.says(subject.alive(5));
    assertThat(stage.events()).isEmpty();
    assertThat(subject.status()).isEqualTo(SUSPECT);
    accuser.says(subject.alive(6));
    assertThat(stage.events())
        .singleElement()
        .isInstanceOf(Recovered.class)
        .extracting(MembershipEvent::member)
        .isEqualTo(subject.record());
    assertThat(subject.record().incarnation()).isEqualTo(6);
    stage.passes(Duration.ofSeconds(1));
    assertThat(subject.status()).isIn(ALIVE, SUSPECT);
  }

  @Test
  @DisplayName("T-D 41: a higher incarnation with another address or zone is an update, no join")
  void changeOfAddressIsAnUpdate() {
    List<Actor> others = stage.members(2);
    Actor subject = others.get(0);
    Member before = subject.record();
    stage.effects();
    others
        .get(1)
        .says(
            new Update.Alive(
                subject.id,
                subject.generation,
                1,
                subject.address,
                "west",
                new ProtocolRange(1, 1),
                0));
    assertThat(stage.events()).containsExactly(new Updated(subject.record(), before));
    assertThat(subject.record().zone()).isEqualTo("west");
  }

  @Test
  @DisplayName("T-D 42: an old record of oneself is ignored; one that lies is refuted")
  void lieAboutOneselfIsRefuted() {
    Actor b = stage.member("b");
    Member self = stage.swim.membership().self();
    b.says(
        new Update.Alive(
            self.id(),
            self.generation(),
            0,
            Simulation.address(77),
            "",
            new ProtocolRange(1, 1),
            0));
    assertThat(ownIncarnation()).isEqualTo(1);
    b.says(
        new Update.Alive(
            self.id(), self.generation(), 0, self.address(), "", new ProtocolRange(1, 1), 0));
    assertThat(ownIncarnation()).isEqualTo(1);
    assertThat(stage.swim.membership().self().address()).isEqualTo(self.address());
  }

  @Test
  @DisplayName(
      "T-D 43, T-B 24: who is suspected refutes above all it has heard, and everybody hears")
  void suspectRefutesByRaisingItsIncarnation() {
    Actor b = stage.member("b");
    stage.effects();
    b.says(suspicionOfSelf(4, b));
    assertThat(ownIncarnation()).isEqualTo(5);
    assertThat(stage.swim.membership().self().status()).isEqualTo(ALIVE);
    assertThat(stage.swim.report(stage.now()).localHealth()).isEqualTo(1);
    assertThat(spread(Update.Alive.class, b))
        .filteredOn(alive -> alive.id().equals(stage.swim.membership().self().id()))
        .isNotEmpty()
        .allMatch(alive -> alive.incarnation() == 5);
  }

  @Test
  @DisplayName("T-D 44, T-B 24: an old suspicion of oneself changes nothing")
  void oldSuspicionOfOneselfChangesNothing() {
    Actor b = stage.member("b");
    b.says(suspicionOfSelf(4, b));
    int health = stage.swim.report(stage.now()).localHealth();
    b.says(suspicionOfSelf(4, b));
    assertThat(ownIncarnation()).isEqualTo(5);
    assertThat(stage.swim.report(stage.now()).localHealth()).isEqualTo(health);
  }

  @Test
  @DisplayName("T-D 45: suspicion and death in a lower incarnation are ignored")
  void oldAccusationsAreIgnored() {
    List<Actor> others = stage.members(2);
    Actor subject = others.get(0);
    others.get(1).says(subject.alive(3));
    stage.effects();
    others.get(1).says(suspicion(subject, 2, others.get(1)));
    others.get(1).says(new Update.Dead(subject.handle(), 2, List.of()));
    assertThat(stage.events()).isEmpty();
    assertThat(subject.status()).isEqualTo(ALIVE);
  }

  @Test
  @DisplayName(
      "T-D 46, 49: a death is one event; an alive of the incarnation that died is no return")
  void deathIsOneEventAndNoOldAliveUndoesIt() {
    List<Actor> others = stage.members(3);
    Actor subject = others.get(0);
    subject.answers = false;
    stage.passes(Duration.ofMillis(1_100)); // what was heard from it is no longer fresh
    stage.effects();
    others.get(1).says(new Update.Dead(subject.handle(), 1, List.of()));
    others.get(2).says(new Update.Dead(subject.handle(), 1, List.of()));
    assertThat(stage.events()).singleElement().isInstanceOf(Failed.class);
    others.get(1).says(subject.alive(1));
    assertThat(stage.events()).isEmpty();
    assertThat(subject.status()).isEqualTo(DEAD);
    Member dead = stage.swim.membership().departed().get(0);
    others.get(1).says(subject.alive(2));
    assertThat(stage.events()).containsExactly(new Joined(subject.record(), dead));
  }

  @Test
  @DisplayName("T-D 47: one's own death is refuted while running, and accepted while leaving")
  void ownDeathIsRefutedUnlessLeaving() {
    Actor b = stage.member("b");
    b.answers = false;
    long handle = stage.swim.membership().self().identity().handle();
    b.says(new Update.Dead(handle, 7, List.of()));
    assertThat(ownIncarnation()).isEqualTo(8);
    stage.swim.leave(stage.now());
    b.says(new Update.Dead(handle, 8, List.of()));
    assertThat(ownIncarnation()).isEqualTo(8);
    assertThat(stage.swim.membership().self().status()).isEqualTo(LEFT);
  }

  @Test
  @DisplayName("T-D 48, 50: LEFT is a leave and no failure, and final for the generation")
  void leftIsFinal() {
    List<Actor> others = stage.members(2);
    Actor leaver = others.get(0);
    stage.effects();
    leaver.says(new Update.Left(leaver.handle(), 0));
    assertThat(stage.events()).singleElement().isInstanceOf(Left.class);
    others.get(1).says(leaver.alive(9));
    others.get(1).says(suspicion(leaver, 9, others.get(1)));
    others.get(1).says(new Update.Dead(leaver.handle(), 9, List.of()));
    assertThat(stage.events()).isEmpty();
    assertThat(leaver.status()).isEqualTo(LEFT);
  }

  @Test
  @DisplayName("T-D 51: where the incarnations end, a new generation begins")
  void lastIncarnationIsFollowedByANewGeneration() {
    Actor b = stage.member("b");
    Member before = stage.swim.membership().self();
    b.says(suspicionOfSelf(-1, b));
    Member after = stage.swim.membership().self();
    assertThat(after.generation()).isGreaterThan(before.generation());
    assertThat(after.incarnation()).isZero();
    assertThat(after.status()).isEqualTo(ALIVE);
  }

  @Test
  @DisplayName("T-D 52: a packet of the suspect with a higher incarnation clears it")
  void packetOfTheSuspectClearsIt() {
    List<Actor> others = stage.members(3);
    Actor subject = others.get(0);
    others.get(1).says(suspicion(subject, 1, others.get(1)));
    assertThat(subject.status()).isEqualTo(SUSPECT);
    stage.effects();
    subject.incarnation = 2;
    subject.says(new Ack(1, 0)); // answers nothing, but is its
    assertThat(stage.events())
        .singleElement()
        .isInstanceOf(Recovered.class)
        .extracting(MembershipEvent::member)
        .isEqualTo(subject.record());
    assertThat(subject.record().incarnation()).isEqualTo(2);
  }

  @Test
  @DisplayName("T-D 53: a leaving node does not take itself for alive again")
  void leavingNodeStaysLeft() {
    Actor b = stage.member("b");
    b.answers = false;
    Member self = stage.swim.membership().self();
    stage.swim.leave(stage.now());
    b.says(
        new Update.Alive(
            self.id(), self.generation(), 3, self.address(), "", new ProtocolRange(1, 1), 0));
    b.says(suspicionOfSelf(0, b));
    assertThat(stage.swim.membership().self().status()).isEqualTo(LEFT);
    assertThat(ownIncarnation()).isZero();
  }

  @Test
  @DisplayName("T-D 54: a view that was read does not change")
  void viewThatWasReadDoesNotChange() {
    Actor b = stage.member("b");
    Membership before = stage.swim.membership();
    List<Member> members = List.copyOf(before.members());
    b.says(new Update.Left(b.handle(), 0));
    assertThat(before.members()).isEqualTo(members);
    assertThat(stage.swim.membership()).isNotSameAs(before);
    assertThat(stage.swim.membership()).isSameAs(stage.swim.membership());
  }

  @Test
  @DisplayName("T-C 33: an accusation that was imported is passed on with its own accusers")
  void importedAccusationKeepsItsAccusers() {
    List<Actor> others = stage.members(4);
    Actor subject = others.get(0);
    Actor accuser = others.get(1);
    accuser.says(suspicion(subject, 1, accuser));
    List<Update.Suspect> told =
        spread(Update.Suspect.class, others.get(1), others.get(2), others.get(3));
    assertThat(told).isNotEmpty();
    assertThat(told)
        .allMatch(
            suspect ->
                suspect
                    .charges()
                    .equals(List.of(new Update.Charge(accuser.handle(), Evidence.UNANSWERED))));
  }

  @Test
  @DisplayName("T-C 34: a suspicion that was refuted does not kill by its old timer")
  void oldTimerOfARefutedSuspicionHasNoEffect() {
    List<Actor> others = stage.members(4);
    Actor subject = others.get(0);
    Actor accuser = others.get(1);
    subject.answers = false;
    accuser.says(suspicion(subject, 1, accuser));
    stage.passes(Duration.ofMillis(1_900));
    stage.events();
    accuser.says(subject.alive(2));
    accuser.says(suspicion(subject, 2, accuser));
    stage.passes(Duration.ofSeconds(1)); // the first would have run out by now
    assertThat(stage.events())
        .extracting(MembershipEvent::getClass)
        .containsExactly(castToEvent(Recovered.class), castToEvent(Suspected.class));
    assertThat(subject.status()).isEqualTo(SUSPECT);
  }

  @SuppressWarnings("unchecked")
  private static Class<MembershipEvent> castToEvent(Class<? extends MembershipEvent> kind) {
    return (Class<MembershipEvent>) kind;
  }

  @Test
  @DisplayName("T-E 62: who is held for dead is told so when it pings, and is back once it refutes")
  void deadMemberThatPingsIsToldAndComesBack() {
    List<Actor> others = stage.members(3);
    Actor subject = others.get(0);
    subject.answers = false;
    stage.passes(Duration.ofMillis(1_100));
    others.get(1).says(new Update.Dead(subject.handle(), 1, List.of()));
    assertThat(subject.status()).isEqualTo(DEAD);
    stage.effects();
    subject.says(new Ping(5, stage.swim.membership().self().identity().handle()));
    assertThat(stage.sent(Update.Dead.class, subject))
        .containsExactly(new Update.Dead(subject.handle(), 1, List.of()));
    subject.incarnation = 2;
    subject.says(subject.alive());
    assertThat(subject.status()).isEqualTo(ALIVE);
  }

  @Test
  void updateOfOnesOwnStateIsToldToTheOthers() {
    Actor b = stage.member("b");
    stage.effects();
    stage.swim.update(stage.now(), Map.of("colour", "blue"));
    stage.react();
    assertThat(spread(Update.State.class, b))
        .isNotEmpty()
        .allMatch(state -> state.entries().equals(List.of(new Update.Entry("colour", 1, "blue"))));
  }
}
