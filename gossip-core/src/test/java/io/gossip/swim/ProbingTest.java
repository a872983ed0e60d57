package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static io.gossip.swim.SwimStats.Counter.PROBES_DIRECT;
import static io.gossip.swim.SwimStats.Counter.PROBES_FAILED;
import static io.gossip.swim.SwimStats.Counter.PROBES_INDIRECT;
import static io.gossip.swim.SwimStats.Counter.PROBES_STREAM;
import static io.gossip.swim.SwimStats.Drop.UNEXPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.sim.Effect;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Message.RelayedAck;
import io.gossip.wire.Message.WrongTarget;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProbingTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static SwimConfig withoutStreams() {
    return SwimConfig.lan().toBuilder().streamPing(false).build();
  }

  @Test
  @DisplayName("T-A 1: of two, the other one is probed and never oneself")
  void theOtherOneIsProbedInEveryPeriod() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    stage.effects();
    stage.passes(Duration.ofSeconds(10));
    List<Effect> effects = stage.effects();
    assertThat(Stage.messages(effects, Ping.class, b.address)).hasSize(10);
    assertThat(Stage.messages(effects, Message.class, stage.address)).isEmpty();
  }

  @Test
  @DisplayName("T-A 2: a silent member is asked for at the relays, once each, and then suspected")
  void silentMemberIsAskedForAtTheRelaysAndSuspected() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(4);
    Actor silent = members.get(0);
    silent.answers = false;
    List<Actor> relays = members.subList(1, 4);
    assertThat(stage.requestsFor(silent, relays)).hasSize(3);
    assertThat(silent.status()).isEqualTo(SUSPECT);
  }

  @Test
  @DisplayName("T-A 3: a member that answers only a relay stays alive")
  void memberThatAnswersARelayStaysAlive() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(2);
    Actor silent = members.get(0);
    Actor relay = members.get(1);
    silent.answers = false;
    relay.nacks = false;
    PingReq request = stage.requestsFor(silent, List.of(relay)).get(0);
    relay.says(new RelayedAck(request.nonce(), silent.handle(), 0));
    stage.passes(PERIOD);
    assertThat(stage.swim.stats().count(PROBES_INDIRECT)).isEqualTo(1);
    assertThat(stage.swim.stats().count(PROBES_FAILED)).isZero();
    assertThat(silent.status()).isEqualTo(ALIVE);
  }

  /** Lets time pass until a stream is asked for. */
  private static Effect.Connected connection(Stage stage) {
    stage.effects();
    for (int i = 0; i < 100; i++) {
      stage.passes(Duration.ofMillis(50));
      for (Effect effect : stage.effects()) {
        if (effect instanceof Effect.Connected connected) {
          return connected;
        }
      }
    }
    throw new AssertionError("no stream was asked for");
  }

  private static Ping pingOn(Stage stage, long stream) {
    stage.swim.connected(stage.now(), stream);
    stage.react();
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Wrote wrote
          && wrote.stream() == stream
          && wrote.messages().get(0) instanceof Ping ping) {
        return ping;
      }
    }
    throw new AssertionError("nothing was asked on stream " + stream);
  }

  @Test
  @DisplayName("T-A 4: a member that answers over TCP only is alive, and that is counted")
  void memberThatAnswersOverTcpIsAlive() {
    Stage stage = new Stage();
    Actor silent = stage.member("b");
    silent.answers = false;
    Effect.Connected connected = connection(stage);
    assertThat(connected.to()).isEqualTo(silent.address);
    Ping ping = pingOn(stage, connected.stream());
    silent.writes(connected.stream(), new Ack(ping.nonce(), 0));
    assertThat(stage.effects()).contains(new Effect.Closed(connected.stream()));
    assertThat(stage.swim.stats().count(PROBES_STREAM)).isEqualTo(1);
    assertThat(silent.status()).isEqualTo(ALIVE);
  }

  @Test
  @DisplayName("T-A 5: without the TCP ping it is suspected, and no stream is opened")
  void withoutStreamPingNoStreamIsOpened() {
    Stage stage = new Stage(withoutStreams());
    Actor silent = stage.member("b");
    silent.answers = false;
    stage.effects();
    stage.passes(PERIOD.multipliedBy(3));
    assertThat(stage.effects()).noneMatch(Effect.Connected.class::isInstance);
    assertThat(silent.status()).isEqualTo(SUSPECT);
  }

  private static Evidence evidenceAgainst(Stage stage, Actor suspect) {
    stage.passes(PERIOD);
    List<Accusation> accusations = new ArrayList<>();
    for (SwimReport.MemberReport report : stage.swim.report(stage.now()).members()) {
      if (report.member().id().equals(suspect.id)) {
        accusations.addAll(report.accusations());
      }
    }
    assertThat(accusations).hasSize(1);
    return accusations.get(0).evidence();
  }

  @Test
  void outcomeOfTheTcpPingIsTheEvidence() {
    Stage refusing = new Stage();
    refusing.members(4);
    Actor crashed = refusing.member("crashed");
    crashed.answers = false;
    Effect.Connected attempt = connection(refusing);
    refusing.swim.closed(refusing.now(), attempt.stream(), StreamEnd.REFUSED);
    refusing.react();
    assertThat(evidenceAgainst(refusing, crashed)).isEqualTo(Evidence.REFUSED);

    Stage accepting = new Stage();
    accepting.members(4);
    Actor paused = accepting.member("paused");
    paused.answers = false;
    pingOn(accepting, connection(accepting).stream());
    assertThat(evidenceAgainst(accepting, paused)).isEqualTo(Evidence.UNRESPONSIVE);

    Stage silent = new Stage();
    silent.members(4);
    Actor gone = silent.member("gone");
    gone.answers = false;
    connection(silent);
    assertThat(evidenceAgainst(silent, gone)).isEqualTo(Evidence.SILENT);
  }

  @Test
  void suspectIsProbedWithItsSuspicionAndTheDeadWithItsDeath() {
    Stage stage =
        new Stage(SwimConfig.lan().toBuilder().reconnectInterval(Duration.ofSeconds(2)).build());
    List<Actor> members = stage.members(3);
    Actor subject = members.get(0);
    Actor accuser = members.get(1);
    subject.answers = false;
    stage.passes(PERIOD.multipliedBy(2));
    List<Update.Charge> charges =
        List.of(new Update.Charge(accuser.handle(), Evidence.UNRESPONSIVE));
    accuser.says(new Update.Suspect(subject.handle(), 1, charges));
    stage.effects();
    stage.passes(PERIOD.multipliedBy(4));
    assertThat(pingedWith(stage, subject))
        .isNotEmpty()
        .allMatch(
            first -> first instanceof Update.Suspect told && told.handle() == subject.handle());
    accuser.says(new Update.Dead(subject.handle(), 1, charges));
    stage.effects();
    stage.passes(PERIOD.multipliedBy(20));
    assertThat(pingedWith(stage, subject))
        .isNotEmpty()
        .allMatch(first -> first.equals(new Update.Dead(subject.handle(), 1, List.of())));
  }

  /** What came first in each packet with a ping for an actor; the rest is dropped. */
  private static List<Message> pingedWith(Stage stage, Actor actor) {
    List<Message> first = new ArrayList<>();
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Sent sent
          && sent.to().equals(actor.address)
          && sent.messages().stream().anyMatch(Ping.class::isInstance)) {
        first.add(sent.messages().get(0));
      }
    }
    return first;
  }

  @Test
  @DisplayName("T-A 7: a ping meant for another is answered with one's own identity")
  void pingMeantForAnotherIsAnsweredWithOnesOwnIdentity() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    stage.effects();
    b.says(new Ping(42, 4711));
    Effect.Sent answer =
        stage.effects().stream()
            .filter(Effect.Sent.class::isInstance)
            .map(Effect.Sent.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(answer.to()).isEqualTo(b.address);
    assertThat(answer.messages()).containsExactly(new WrongTarget(42, 4711));
    assertThat(answer.header().sender())
        .isEqualTo(stage.swim.membership().self().identity().handle());
  }

  @Test
  void memberAtWhoseAddressAnotherAnswersIsGoneAtOnce() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(5);
    Actor former = members.get(2);
    Actor heir = former.replacedBy("heir");
    stage.effects();
    Ping asked = null;
    while (asked == null) {
      stage.passes(Duration.ofMillis(10));
      List<Ping> pings = stage.sent(Ping.class, former);
      asked = pings.isEmpty() ? null : pings.get(0);
    }
    heir.says(new WrongTarget(asked.nonce(), asked.target()));
    Failed failed = (Failed) stage.events().get(0);
    assertThat(failed.member().id()).isEqualTo(former.id);
    assertThat(failed.accusations())
        .containsExactly(new Accusation("self", Evidence.WRONG_IDENTITY));
    assertThat(former.status()).isEqualTo(DEAD);
  }

  @Test
  @DisplayName("T-A 8, 9: an ack counts only from the member that was asked, and only in time")
  void ackOfAnotherOrALateOneIsIgnored() {
    Stage stage = new Stage(withoutStreams());
    Actor b = stage.member("b");
    Actor c = stage.member("c");
    b.answers = false;
    stage.effects();
    Ping asked = null;
    while (asked == null) {
      stage.passes(Duration.ofMillis(10));
      List<Ping> pings = stage.sent(Ping.class, b);
      asked = pings.isEmpty() ? null : pings.get(0);
    }
    long direct = stage.swim.stats().count(PROBES_DIRECT);
    c.says(new Ack(asked.nonce(), 0));
    assertThat(stage.swim.stats().dropped(UNEXPECTED)).isEqualTo(1);
    assertThat(stage.swim.stats().count(PROBES_DIRECT)).isEqualTo(direct);

    stage.passes(PERIOD);
    assertThat(stage.swim.stats().count(PROBES_FAILED)).isEqualTo(1);
    direct = stage.swim.stats().count(PROBES_DIRECT);
    b.says(new Ack(asked.nonce(), 0));
    assertThat(stage.swim.stats().dropped(UNEXPECTED)).isEqualTo(2);
    assertThat(stage.swim.stats().count(PROBES_DIRECT)).isEqualTo(direct);
  }

  @Test
  void rumorOfASuspicionIsLookedIntoByThreeAndNotByEverybodyWhoHasHeardTheMember() {
    int looking = 0;
    for (int other = 0; other < 20; other++) {
      Stage stage = new Stage(withoutStreams());
      List<Actor> members = stage.members(20); // each was heard just now
      Actor accuser = members.get((other + 1) % 20);
      Actor subject = members.get(other);
      stage.effects();
      accuser.says(
          new Update.Suspect(
              subject.handle(),
              0,
              List.of(new Update.Charge(accuser.handle(), Evidence.UNANSWERED))));
      assertThat(subject.status()).isEqualTo(ALIVE);
      looking += stage.sent(Ping.class, subject).size();
    }
    // Of the 21 there are 20 that could, of which this node is one of the next three now and then.
    assertThat(looking).isBetween(1, 6);
  }

  @Test
  @DisplayName("T-A 10: an answer goes where the question came from, and says no more")
  void answerToAStrangersAddressIsNoLongerThanTheQuestion() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    stage.effects();
    Ping ping = new Ping(42, stage.swim.membership().self().identity().handle());
    b.saysFrom(Simulation.address(99), ping);
    List<Effect> effects = stage.effects();
    assertThat(Stage.messages(effects, Message.class, b.address)).isEmpty();
    assertThat(Stage.messages(effects, Message.class, Simulation.address(99)))
        .containsExactly(new Ack(42, 0));
  }

  @Test
  @DisplayName("T-A 11: each of five is probed once in five periods, in another order each time")
  void everybodyIsProbedOncePerRoundInChangingOrder() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(5);
    stage.passes(Duration.ofMillis(900));
    Set<List<String>> orders = new LinkedHashSet<>();
    for (int round = 0; round < 5; round++) {
      List<String> order = new ArrayList<>();
      for (int period = 0; period < 5; period++) {
        stage.effects();
        stage.passes(PERIOD);
        List<Effect> effects = stage.effects();
        for (Actor member : members) {
          Stage.messages(effects, Ping.class, member.address)
              .forEach(ping -> order.add(member.id.value()));
        }
      }
      orders.add(order);
    }
    // Rounds may begin anywhere among these periods: over five rounds everybody comes five times.
    List<String> all = new ArrayList<>();
    orders.forEach(all::addAll);
    assertThat(orders).hasSizeGreaterThan(1);
    for (Actor member : members) {
      long times = all.stream().filter(member.id.value()::equals).count();
      assertThat(times).isBetween(4L, 6L);
    }
  }

  @Test
  @DisplayName("T-A 13: who is dead or has left is not probed in turn")
  void departedMembersAreNotProbedInTurn() {
    Stage stage =
        new Stage(SwimConfig.lan().toBuilder().reconnectInterval(Duration.ofHours(9)).build());
    List<Actor> members = stage.members(3);
    Actor dead = members.get(0);
    Actor left = members.get(1);
    stage.passes(PERIOD.multipliedBy(2));
    dead.answers = false;
    members.get(2).says(new Update.Dead(dead.handle(), 0, List.of()));
    left.says(new Update.Left(left.handle(), 0));
    stage.effects();
    stage.passes(Duration.ofSeconds(20));
    List<Effect> effects = stage.effects();
    assertThat(Stage.messages(effects, Ping.class, dead.address)).isEmpty();
    assertThat(Stage.messages(effects, Ping.class, left.address)).isEmpty();
    assertThat(Stage.messages(effects, Ping.class, members.get(2).address)).hasSize(20);
  }

  @Test
  @DisplayName("T-A 14: a probe whose target leaves ends quietly")
  void probeOfAMemberThatLeavesEndsQuietly() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(3);
    Actor leaver = members.get(0);
    leaver.answers = false;
    stage.effects();
    while (stage.sent(Ping.class, leaver).isEmpty()) {
      stage.passes(Duration.ofMillis(10));
    }
    leaver.says(new Update.Left(leaver.handle(), 0));
    stage.effects();
    stage.passes(PERIOD.multipliedBy(2));
    List<Effect> effects = stage.effects();
    for (Actor other : members) {
      assertThat(Stage.messages(effects, PingReq.class, other.address)).isEmpty();
    }
    assertThat(effects).noneMatch(Effect.Published.class::isInstance);
  }
}
