package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent.Forgotten;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Effect;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Message.Join;
import io.gossip.wire.Message.JoinAccepted;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.Message.Page;
import io.gossip.wire.Message.PageRequest;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The seed's side of a join, what a repair may carry, and what is remembered of the departed. */
class AdmissionTest {
  private static final long STREAM = -1;

  private static void asks(Stage stage, Actor joiner, Update.Alive record) {
    stage.swim.accepted(stage.now(), STREAM, joiner.address);
    joiner.writes(STREAM, new Join(42), record);
    stage.passes(Duration.ofMillis(1_500));
  }

  private static List<Message> written(Stage stage) {
    List<Message> written = new ArrayList<>();
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Wrote wrote && wrote.stream() == STREAM) {
        written.addAll(wrote.messages());
      }
    }
    return written;
  }

  @Test
  void joinerThatIsReachedIsTakenInAndGetsTheMembers() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(3);
    Actor joiner = stage.stranger("joiner");
    stage.effects();
    asks(stage, joiner, joiner.alive());
    assertThat(written(stage)).containsExactly(new JoinAccepted(42, 5));
    assertThat(joiner.status()).isEqualTo(ALIVE);
    joiner.writes(STREAM, new PageRequest(0));
    List<Message> page = written(stage);
    assertThat(page.get(0)).isEqualTo(new Page(0));
    for (Actor member : members) {
      assertThat(page).contains(member.alive());
    }
  }

  @Test
  @DisplayName(
      "T-F 73, 74: a joiner that cannot be reached is refused with the reason, until it can")
  void joinerThatCannotBeReachedIsRefused() {
    Stage stage = new Stage();
    Actor joiner = stage.stranger("joiner");
    joiner.answers = false;
    asks(stage, joiner, joiner.alive());
    List<Message> answer = written(stage);
    assertThat(answer).hasSize(1);
    assertThat(((JoinRefused) answer.get(0)).reason()).isEqualTo(RefusalReason.UNREACHABLE);
    assertThat(joiner.status()).isNull();
    joiner.answers = true;
    asks(stage, joiner, joiner.alive());
    assertThat(written(stage)).contains(new JoinAccepted(42, 2));
    assertThat(joiner.status()).isEqualTo(ALIVE);
  }

  @Test
  @DisplayName("T-F 71: a joiner that speaks no common version is refused with the reason")
  void joinerOfAnotherVersionIsRefused() {
    Stage stage = new Stage();
    Actor joiner = stage.stranger("joiner");
    asks(
        stage,
        joiner,
        new Update.Alive(
            joiner.id, joiner.generation, 0, joiner.address, "", new ProtocolRange(2, 3), 0));
    List<Message> answer = written(stage);
    assertThat(answer).hasSize(1);
    assertThat(((JoinRefused) answer.get(0)).reason()).isEqualTo(RefusalReason.VERSION);
    assertThat(((JoinRefused) answer.get(0)).detail()).contains("2 to 3");
    assertThat(joiner.status()).isNull();
  }

  @Test
  @DisplayName("T-F 76, T-I 116: a leave that overtakes the join of its member is final")
  void leaveThatOvertakesTheJoinIsFinal() {
    Stage stage = new Stage();
    Actor messenger = stage.member("b");
    Actor brief = stage.stranger("brief");
    stage.effects();
    messenger.says(new Update.Left(brief.handle(), 0));
    messenger.says(brief.alive());
    assertThat(stage.events()).isEmpty();
    assertThat(brief.status()).isNull();
  }

  private static Digest digestOf(Actor... believedAlive) {
    List<DigestEntry> entries = new ArrayList<>();
    for (Actor actor : believedAlive) {
      entries.add(new DigestEntry(actor.handle(), actor.incarnation, 0));
    }
    entries.sort((a, b) -> Long.compareUnsigned(a.handle(), b.handle()));
    return new Digest(0, -1, entries);
  }

  @Test
  @DisplayName("T-F 66: death travels in a repair as suspicion")
  void deathTravelsInARepairAsSuspicion() {
    Stage stage =
        new Stage(SwimConfig.lan().toBuilder().reconnectInterval(Duration.ofHours(9)).build());
    List<Actor> members = stage.members(3);
    Actor dead = members.get(0);
    Actor asking = members.get(1);
    dead.answers = false;
    stage.passes(Duration.ofMillis(1_100));
    members.get(2).says(new Update.Dead(dead.handle(), 0, List.of()));
    assertThat(dead.status()).isEqualTo(DEAD);
    stage.passes(Duration.ofSeconds(20)); // until the rumor has been told out
    asking.says(digestOf(dead, asking));
    stage.passes(Duration.ofSeconds(3));
    stage.effects();
    asking.says(digestOf(dead, asking));
    List<Effect> effects = stage.effects();
    assertThat(Stage.messages(effects, Update.Suspect.class, asking.address))
        .singleElement()
        .matches(suspect -> suspect.handle() == dead.handle());
    assertThat(Stage.messages(effects, Update.Dead.class, asking.address)).isEmpty();
  }

  @Test
  @DisplayName("T-F 67: a leave travels in a repair as what it is")
  void leaveTravelsInARepairAsALeave() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(2);
    Actor left = members.get(0);
    Actor asking = members.get(1);
    left.says(new Update.Left(left.handle(), 0));
    stage.passes(Duration.ofSeconds(20));
    stage.effects();
    asking.says(digestOf(left, asking));
    assertThat(stage.sent(Update.Left.class, asking))
        .containsExactly(new Update.Left(left.handle(), 0));
  }

  @Test
  void repairBeginsWithOnesOwnRecord() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(2);
    stage.passes(Duration.ofSeconds(5));
    Actor other = members.get(0);
    other.disagrees = true;
    stage.effects();
    other.says(new Message.Ack(1, 0));
    List<Message> told = Stage.messages(stage.effects(), Message.class, other.address);
    Member self = stage.swim.membership().self();
    assertThat(told.get(0))
        .isEqualTo(
            new Update.Alive(
                self.id(), self.generation(), 0, self.address(), "", self.protocol(), 0));
    assertThat(told.get(1)).isInstanceOf(Digest.class);
    assertThat(((Digest) told.get(1)).entries())
        .extracting(DigestEntry::handle)
        .containsExactlyInAnyOrder(
            self.identity().handle(), members.get(0).handle(), members.get(1).handle());
  }

  private static Stage forgetful(Duration tombstones) {
    return new Stage(
        SwimConfig.lan().toBuilder()
            .departedRetention(Duration.ofMinutes(1))
            .tombstoneRetention(tombstones)
            .reconnectInterval(Duration.ofHours(9))
            .build());
  }

  @Test
  @DisplayName("T-F 89, 90: who failed or left is forgotten after its time, and not brought back")
  void departedAreForgottenAndOldNewsDoesNotBringThemBack() {
    Stage stage = forgetful(Duration.ofHours(1));
    List<Actor> members = stage.members(3);
    Actor dead = members.get(0);
    Actor left = members.get(1);
    Actor messenger = members.get(2);
    dead.answers = false;
    stage.passes(Duration.ofMillis(1_100));
    messenger.says(new Update.Dead(dead.handle(), 0, List.of()));
    messenger.says(new Update.Left(left.handle(), 0));
    stage.passes(Duration.ofSeconds(59));
    assertThat(stage.events()).noneMatch(Forgotten.class::isInstance);
    stage.passes(Duration.ofSeconds(61));
    assertThat(stage.events()).filteredOn(Forgotten.class::isInstance).hasSize(2);
    messenger.says(dead.alive(), left.alive());
    assertThat(stage.events()).isEmpty();
    assertThat(stage.swim.membership().departed()).isEmpty();
    messenger.says(dead.alive(1), left.alive(1));
    assertThat(stage.events()).containsExactly(new Joined(dead.record()));
  }

  @Test
  @DisplayName("T-F 91: when the tombstone is gone the member may join again")
  void memberWhoseTombstoneIsGoneMayJoinAgain() {
    Stage stage = forgetful(Duration.ofMinutes(5));
    List<Actor> members = stage.members(2);
    Actor left = members.get(0);
    Actor messenger = members.get(1);
    messenger.says(new Update.Left(left.handle(), 0));
    stage.passes(Duration.ofMinutes(7));
    stage.effects();
    messenger.says(left.alive());
    assertThat(stage.events()).containsExactly(new Joined(left.record()));
  }

  @Test
  void forgettingByHandKeepsTheTombstone() {
    Stage stage = new Stage();
    List<Actor> members = stage.members(2);
    Actor left = members.get(0);
    members.get(1).says(new Update.Left(left.handle(), 0));
    stage.effects();
    stage.swim.forget(stage.now(), left.id);
    stage.react();
    assertThat(stage.events()).singleElement().isInstanceOf(Forgotten.class);
    members.get(1).says(left.alive());
    assertThat(stage.events()).isEmpty();
    stage.swim.forget(stage.now(), members.get(1).id);
    stage.react();
    assertThat(stage.events()).isEmpty();
  }
}
