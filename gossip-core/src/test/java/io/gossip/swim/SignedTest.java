package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.sim.Effect;
import io.gossip.sim.SimSigner;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Message;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where members sign, one who holds the keys can still not speak for another. */
class SignedTest {

  private final Stage stage = new Stage(SwimConfig.lan(), List.of(), SimSigner.of("self"));
  private final List<Actor> members = new ArrayList<>();
  private final Actor victim;
  private final Actor insider;

  SignedTest() {
    for (String name : List.of("b", "c", "d", "e", "f", "g", "h")) {
      members.add(stage.member(name, SimSigner.of(name)));
    }
    victim = members.get(0);
    insider = members.get(1);
    stage.effects();
  }

  private Update.State stateOf(Actor member, String value) {
    return member.state(1, "color", value);
  }

  private List<Effect.Refused> complaints() {
    return complaints(stage);
  }

  private static List<Effect.Refused> complaints(Stage about) {
    List<Effect.Refused> complaints = new ArrayList<>();
    for (Effect effect : about.effects()) {
      if (effect instanceof Effect.Refused refused) {
        complaints.add(refused);
      }
    }
    return complaints;
  }

  private void assertForged() {
    assertForged(1);
  }

  private void assertForged(int times) {
    assertThat(stage.swim.stats().dropped(Drop.FORGED)).isEqualTo(times);
    assertThat(complaints())
        .hasSize(times)
        .allSatisfy(
            refused -> {
              assertThat(refused.source()).isNull(); // anybody can write that address
              assertThat(refused.misconduct()).isEqualTo(Misconduct.FORGED);
            });
  }

  // Who is named

  @Test
  void whoAnswersAQuestionWithALieIsNamed() {
    insider.answers = false;
    stage.swim.reportFailure(stage.now(), insider.id); // which has it pinged
    stage.react();
    long nonce = lastPing(insider);
    insider.says(new Message.Ack(nonce, 0), new Update.Left(victim.handle(), 0));

    assertNamed(insider);
  }

  @Test
  void nobodyIsNamedForAnAnswerThatARelayCanGive() {
    List<Actor> relays = members.subList(1, members.size());
    relays.forEach(relay -> relay.nacks = false);
    victim.answers = false;
    long nonce = stage.requestsFor(victim, relays).get(0).nonce();
    victim.says(new Message.Ack(nonce, 0), new Update.Left(insider.handle(), 0)); // it seems

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
    assertForged();
  }

  @Test
  void seedThatLiesToAJoinerIsNamed() {
    Seed seed = new Seed("10.0.0.9", 7946);
    Stage joining = new Stage(SwimConfig.lan(), List.of(seed), SimSigner.of("self"));
    Actor liar = joining.stranger("liar");
    joining.swim.resolved(joining.now(), seed, List.of(liar.address));
    joining.react();
    long stream = 0;
    for (Effect effect : joining.effects()) {
      stream = effect instanceof Effect.Connected connected ? connected.stream() : stream;
    }
    joining.swim.connected(joining.now(), stream);
    liar.writes(stream, joining.stranger("unsigned").alive());

    assertThat(complaints(joining))
        .singleElement()
        .satisfies(refused -> assertThat(refused.source()).isEqualTo(liar.address));
  }

  private long lastPing(Actor to) {
    List<Message.Ping> pings = Stage.messages(stage.effects(), Message.Ping.class, to.address);
    return pings.get(pings.size() - 1).nonce();
  }

  private void assertNamed(Actor liar) {
    assertThat(complaints())
        .singleElement()
        .satisfies(refused -> assertThat(refused.source()).isEqualTo(liar.address));
  }

  // What a member says itself

  @Test
  void membersOwnWordIsBelievedWhoeverBringsIt() {
    insider.says(
        victim.refuted(3), stateOf(victim, "blue"), members.get(2).alive(1), members.get(3).left());

    assertThat(victim.record().incarnation()).isEqualTo(3);
    assertThat(victim.record().state()).containsEntry("color", "blue");
    assertThat(members.get(2).record().incarnation()).isEqualTo(1);
    assertThat(members.get(3).status()).isEqualTo(MemberStatus.LEFT);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void whatIsBelievedIsPassedOnWithItsSignature() {
    insider.says(victim.refuted(3), stateOf(victim, "blue"), members.get(2).left());
    stage.passes(Duration.ofSeconds(1));

    List<Update> told = new ArrayList<>();
    List<Effect> effects = stage.effects();
    for (Actor member : members) {
      told.addAll(Stage.messages(effects, Update.class, member.address));
    }
    assertThat(told).contains(victim.refuted(3), stateOf(victim, "blue"), members.get(2).left());
  }

  // What others say in its name

  @Test
  void nobodyElseMovesAMember() {
    Update.Alive moved =
        new Update.Alive(
            victim.id,
            victim.generation,
            1,
            insider.address,
            "",
            victim.alive().protocol(),
            0,
            victim.alive().owner(),
            insider.alive().signature());
    insider.says(moved);

    assertThat(victim.record().address()).isEqualTo(victim.address);
    assertForged();
  }

  @Test
  void nobodyTakesTheNameOfALivingMemberWithAKeyOfTheirOwn() {
    Update.Alive takeover =
        new Update.Alive(
            victim.id, victim.generation + 1, 0, insider.address, "", victim.alive().protocol(), 0);
    insider.says(Stage.signed(takeover, SimSigner.of("insider")));

    assertThat(victim.record().generation()).isEqualTo(victim.generation);
    assertThat(stage.swim.stats().dropped(Drop.FORGED)).isEqualTo(1);
  }

  @Test
  void unsignedRecordOfAStrangerIsRefused() {
    insider.says(stage.stranger("plain").alive());

    assertThat(stage.swim.membership().members()).hasSize(8);
    assertForged();
  }

  @Test
  void nobodyElseRefutesForAMember() {
    insider.says(new Update.Refuted(victim.handle(), 1, insider.alive(1).signature()));

    assertThat(victim.record().incarnation()).isZero();
    assertForged();
  }

  @Test
  void nobodyElseSaysThatAMemberHasLeft() {
    insider.says(new Update.Left(victim.handle(), 0, insider.left().signature()));

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
    assertForged();
  }

  @Test
  void nobodyElseWritesAMembersState() {
    Update.State genuine = stateOf(victim, "blue");
    insider.says(
        new Update.State(
            genuine.handle(),
            0,
            1,
            0,
            0,
            List.of(new Update.Entry("color", 1, "red")),
            genuine.signature()));

    assertThat(victim.record().state()).isEmpty();
    assertForged();
  }

  @Test
  void incarnationInAForgedHeaderRaisesNothing() {
    victim.incarnation = 7; // somebody writes from the victim's address, with its handle
    victim.says();

    assertThat(victim.record().incarnation()).isZero();
  }

  @Test
  void endOfSomebodyUnknownIsNotRemembered() {
    Actor later = stage.stranger("later");
    later.signer = SimSigner.of("later");
    insider.says(new Update.Left(later.handle(), 0), new Update.Dead(later.handle(), 9, List.of()));
    later.says(later.alive());

    assertThat(later.status()).isEqualTo(MemberStatus.ALIVE);
  }

  // Accusations

  @Test
  void accusationInAnothersNameDoesNotCount() {
    Actor other = members.get(2);
    Update.Charge forged =
        new Update.Charge(
            other.handle(), Evidence.REFUSED, insider.charge(victim, Evidence.REFUSED).signature());
    stage.passes(Duration.ofSeconds(2)); // so that own ears are no reason
    victim.answers = false;
    insider.says(new Update.Suspect(victim.handle(), 0, List.of(forged)));

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
    assertForged();
  }

  @Test
  void twoWhoLieTogetherKillNobody() {
    Actor accomplice = members.get(2);
    insider.says(
        new Update.Dead(
            victim.handle(),
            0,
            List.of(
                insider.charge(victim, Evidence.REFUSED),
                accomplice.charge(victim, Evidence.REFUSED))));
    stage.passes(Duration.ofSeconds(40));

    assertThat(stage.events()).noneMatch(MembershipEvent.Failed.class::isInstance);
    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void threeWitnessesOfACrashAreBelieved() {
    stage.passes(Duration.ofNanos(Witnesses.KNOWN_NANOS));
    victim.answers = false;
    stage.passes(Duration.ofMillis(2_500)); // own ears have not heard it of late
    assertThat(victim.status()).isNotEqualTo(MemberStatus.DEAD);
    insider.says(
        new Update.Dead(
            victim.handle(),
            0,
            List.of(
                insider.charge(victim, Evidence.REFUSED),
                members.get(2).charge(victim, Evidence.REFUSED),
                members.get(3).charge(victim, Evidence.REFUSED))));

    assertThat(victim.status()).isEqualTo(MemberStatus.DEAD);
  }

  @Test
  void witnessesThatWereMadeUpJustNowProveNothing() {
    List<Update.Charge> charges = new ArrayList<>();
    for (String name : List.of("x", "y", "z")) {
      Actor madeUp = stage.stranger(name);
      madeUp.signer = SimSigner.of(name);
      insider.says(madeUp.alive());
      charges.add(madeUp.charge(victim, Evidence.REFUSED));
    }
    stage.passes(Duration.ofMillis(2_500));
    stage.effects();
    insider.says(new Update.Dead(victim.handle(), 0, charges));

    assertThat(victim.status()).isNotEqualTo(MemberStatus.DEAD);
    stage.passes(Duration.ofSeconds(40));
    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void deathInAnIncarnationThatNeverWasIsNoDeathWhoeverBearsItOut() {
    stage.passes(Duration.ofNanos(Witnesses.KNOWN_NANOS));
    List<Update.Charge> charges = new ArrayList<>();
    for (Actor witness : members.subList(1, 4)) {
      charges.add(witness.charge(victim.handle(), -1, Evidence.REFUSED));
    }
    insider.says(new Update.Dead(victim.handle(), -1, charges));

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(victim.record().incarnation()).isZero();
  }

  @Test
  void chargesOfAnotherIncarnationAreNotTakenOver() {
    stage.passes(Duration.ofNanos(Witnesses.KNOWN_NANOS));
    List<Update.Charge> charges = new ArrayList<>();
    for (Actor witness : members.subList(1, 4)) {
      charges.add(witness.charge(victim, Evidence.SILENT));
    }
    victim.answers = false;
    stage.passes(Duration.ofMillis(2_500));
    insider.says(new Update.Suspect(victim.handle(), 0, charges));
    stage.effects();
    insider.says(new Update.Suspect(victim.handle(), -1, charges));

    assertThat(victim.record().incarnation()).isZero();
    assertForged(3);
  }

  @Test
  void deathWithoutWitnessesIsNoDeath() {
    insider.says(new Update.Dead(victim.handle(), 0, List.of()));

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void whoAccusesTooManyThatRefuteIsNotListenedToForAWhile() {
    for (int incarnation = 0; incarnation <= Witnesses.FORGIVEN; incarnation++) {
      insider.says(
          new Update.Suspect(
              stage.self(),
              incarnation,
              List.of(insider.charge(stage.self(), incarnation, Evidence.SILENT))));
    }
    assertThat(stage.swim.membership().self().incarnation()).isEqualTo(Witnesses.FORGIVEN + 1);
    assertThat(complaints())
        .singleElement()
        .satisfies(refused -> assertThat(refused.misconduct()).isEqualTo(Misconduct.ACCUSER));

    int next = stage.swim.membership().self().incarnation();
    Update.Suspect again =
        new Update.Suspect(
            stage.self(), next, List.of(insider.charge(stage.self(), next, Evidence.SILENT)));
    insider.says(again);
    assertThat(stage.swim.membership().self().incarnation()).isEqualTo(next);

    stage.passes(Duration.ofNanos(Witnesses.SILENCE_NANOS));
    insider.says(again);
    assertThat(stage.swim.membership().self().incarnation()).isEqualTo(next + 1);
  }

  @Test
  void accusationInAnIncarnationThatNeverWasIsNotAnswered() {
    insider.says(
        new Update.Suspect(
            stage.self(), 100, List.of(insider.charge(stage.self(), 100, Evidence.SILENT))));

    assertThat(stage.swim.membership().self().incarnation()).isZero();
  }

  @Test
  void bareWordThatThisNodeIsDeadIsAnsweredNowAndThenOnly() {
    for (int i = 0; i < 100; i++) {
      int own = stage.swim.membership().self().incarnation();
      insider.says(new Update.Dead(stage.self(), own, List.of()));
    }

    assertThat(stage.swim.membership().self().incarnation()).isEqualTo(3);
  }

  @Test
  void nobodyEndsALifeWithAStaleGeneration() {
    long before = stage.swim.membership().self().generation();
    insider.says(new JoinRefused(0, RefusalReason.STALE_GENERATION, before + 1, ""));

    assertThat(stage.swim.membership().self().generation()).isEqualTo(before);
  }

  // Names

  @Test
  void nameOfAMemberThatIsGoneMayBeTakenUnlessItsKeyLasts() {
    Actor lasting = stage.member("k", SimSigner.of("k").lasting());
    insider.says(victim.left(), lasting.left());
    for (Actor former : List.of(victim, lasting)) {
      Actor successor = stage.stranger(former.id.value());
      successor.generation = former.generation + 1;
      successor.signer = SimSigner.of("other");
      successor.says(successor.alive());
    }

    assertThat(victim.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(victim.record().generation()).isEqualTo(victim.generation + 1);
    assertThat(lasting.status()).isEqualTo(MemberStatus.LEFT);
  }

  @Test
  void nameOfAMemberThatIsHeldDeadIsKeptForItsKey() {
    stage.passes(Duration.ofNanos(Witnesses.KNOWN_NANOS));
    victim.answers = false;
    stage.passes(Duration.ofSeconds(40));
    assertThat(victim.status()).isEqualTo(MemberStatus.DEAD);
    Actor thief = stage.stranger(victim.id.value());
    thief.generation = victim.generation + 1;
    thief.signer = SimSigner.of("thief");
    thief.says(thief.alive());
    assertThat(victim.status()).isEqualTo(MemberStatus.DEAD);

    Actor again = stage.stranger(victim.id.value());
    again.generation = victim.generation + 1;
    again.signer = victim.signer;
    again.says(again.alive());
    assertThat(again.status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void wrongTargetByUdpEndsNobody() {
    victim.answers = false;
    stage.passes(Duration.ofSeconds(3));
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Sent sent && sent.to().equals(victim.address)) {
        for (Message message : sent.messages()) {
          if (message instanceof Message.Ping ping) {
            insider.saysFrom(victim.address, new Message.WrongTarget(ping.nonce(), ping.target()));
          }
        }
      }
    }
    assertThat(victim.status()).isNotEqualTo(MemberStatus.DEAD);
  }

  @Test
  void memberThatDoesNotSignYetIsTakenInWhereThatIsAllowed() {
    Stage moving = new Stage(SwimConfig.lan(), List.of(), SimSigner.of("self").lenient());
    Actor plain = moving.member("plain");
    Actor signing = moving.member("signing", SimSigner.of("signing"));
    plain.says(new Update.Left(signing.handle(), 0), new Update.Refuted(plain.handle(), 1));

    assertThat(plain.record().incarnation()).isEqualTo(1);
    assertThat(signing.status()).isEqualTo(MemberStatus.ALIVE);
  }
}
