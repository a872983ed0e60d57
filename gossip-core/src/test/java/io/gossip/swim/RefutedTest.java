package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MemberStatus;
import io.gossip.sim.Effect;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefutedTest {

  private final Stage stage = new Stage();

  /** What is told to anybody within a second. */
  private List<Update> told() {
    stage.effects();
    stage.passes(Duration.ofSeconds(1));
    List<Update> told = new ArrayList<>();
    for (Effect effect : stage.effects()) {
      if (effect instanceof Effect.Sent sent) {
        sent.messages().stream()
            .filter(Update.class::isInstance)
            .map(Update.class::cast)
            .forEach(told::add);
      }
    }
    return told;
  }

  private List<Actor> atRest(int members) {
    List<Actor> actors = stage.members(members);
    stage.passes(Duration.ofSeconds(10));
    return actors;
  }

  private static Update.Refuted refuted(Actor actor, int incarnation) {
    return new Update.Refuted(actor.handle(), incarnation);
  }

  @Test
  void incarnationHeardInAHeaderIsPassedOn() {
    List<Actor> actors = atRest(5);
    Actor actor = actors.get(0);
    actor.incarnation = 3;

    actor.says();

    assertThat(actor.record().incarnation()).isEqualTo(3);
    assertThat(told()).isNotEmpty().containsOnly(refuted(actor, 3));
  }

  @Test
  void recordOfAKnownMemberIsPassedOnAsWhatIsNewInIt() {
    List<Actor> actors = atRest(5);
    Actor actor = actors.get(0);

    actors.get(1).says(actor.alive(2));

    assertThat(told()).isNotEmpty().containsOnly(refuted(actor, 2));
  }

  @Test
  void refutationOfSomebodyWhoIsStillBeingMadeKnownGoesWithItsRecord() {
    List<Actor> actors = atRest(5);
    Actor joiner = stage.stranger("joiner");

    actors.get(0).says(joiner.alive(0), refuted(joiner, 1));

    assertThat(told()).isNotEmpty().containsOnly(joiner.alive(1));
  }

  @Test
  void suspectAndDeadComeBackAndWhoHasLeftDoesNot() {
    List<Actor> actors = atRest(5);
    Actor suspect = actors.get(1);
    Actor dead = actors.get(2);
    Actor gone = actors.get(3);
    Actor teller = actors.get(0);
    teller.says(new Update.Dead(dead.handle(), 0, List.of()), new Update.Left(gone.handle(), 0));
    suspect.answers = false;
    for (int i = 0; i < 100 && suspect.status() == MemberStatus.ALIVE; i++) {
      stage.passes(Duration.ofMillis(100));
    }
    assertThat(suspect.status()).isEqualTo(MemberStatus.SUSPECT);
    assertThat(dead.status()).isEqualTo(MemberStatus.DEAD);

    teller.says(refuted(suspect, 1), refuted(dead, 1), refuted(gone, 1));

    assertThat(suspect.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(dead.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(gone.status()).isEqualTo(MemberStatus.LEFT);
  }

  @Test
  void oldIncarnationIsNoNews() {
    List<Actor> actors = atRest(5);
    Actor dead = actors.get(2);
    actors.get(0).says(new Update.Dead(dead.handle(), 4, List.of()));
    stage.passes(Duration.ofSeconds(10));

    actors.get(0).says(refuted(dead, 4), refuted(actors.get(1), 0));

    assertThat(dead.status()).isEqualTo(MemberStatus.DEAD);
    assertThat(told()).isEmpty();
  }

  @Test
  void whoIsNotKnownIsNotMadeUp() {
    List<Actor> actors = atRest(2);
    long dropped = stage.swim.stats().dropped(Drop.UNKNOWN);

    actors.get(0).says(new Update.Refuted(99, 1));

    assertThat(stage.swim.membership().members()).hasSize(3);
    assertThat(stage.swim.stats().dropped(Drop.UNKNOWN)).isEqualTo(dropped + 1);
  }
}
