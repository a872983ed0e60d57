package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.sim.SimSigner;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one that makes up members, each with a key of its own, can do to a view. */
class MadeUpMembersTest {

  private static final int MOST = 64;

  private final Stage stage =
      new Stage(
          SwimConfig.lan().toBuilder().maxMembers(MOST).build(), List.of(), SimSigner.of("self"));
  private final List<Actor> members = new ArrayList<>();
  private final Actor insider;

  MadeUpMembersTest() {
    for (String name : List.of("b", "c", "d", "e", "f", "g", "h")) {
      members.add(stage.member(name, SimSigner.of(name)));
    }
    insider = members.get(0);
  }

  private Actor madeUp(String name) {
    Actor actor = stage.stranger(name);
    actor.signer = SimSigner.of(name);
    actor.answers = false;
    return actor;
  }

  private void makesUp(String kind, int count) {
    for (int i = 0; i < count; i++) {
      insider.says(madeUp(kind + i).alive());
    }
  }

  private int kept() {
    return stage.swim.membership().members().size() + stage.swim.membership().departed().size();
  }

  @Test
  void viewHoldsNoMoreThanItMayAndWhoIsInItStays() {
    makesUp("x", 10 * MOST);

    assertThat(kept()).isEqualTo(MOST);
    assertThat(members).extracting(Actor::status).containsOnly(MemberStatus.ALIVE);
  }

  @Test
  void membersThatWereMadeUpMakeRoomWhenTheyAreGone() {
    makesUp("x", MOST);
    stage.passes(Duration.ofMinutes(5));
    assertThat(stage.swim.membership().members()).hasSize(8);
    assertThat(kept()).isEqualTo(MOST);

    Actor joiner = stage.member("joiner", SimSigner.of("joiner"));
    assertThat(joiner.status()).isEqualTo(MemberStatus.ALIVE);
    assertThat(kept()).isEqualTo(MOST);
    assertThat(stage.events()).anyMatch(MembershipEvent.Forgotten.class::isInstance);
  }

  @Test
  void whoHasBeenHeardAndIsGoneMakesRoomForNobody() {
    Actor known = members.get(3);
    members.get(4).says(known.left());
    for (int round = 0; round < 3; round++) {
      makesUp("x" + round, MOST);
      stage.passes(Duration.ofMinutes(5));
    }

    assertThat(kept()).isEqualTo(MOST);
    assertThat(stage.swim.membership().departed()).extracting(Member::id).contains(known.id);
  }

  @Test
  void memberDoesNotMoveToWhereNobodyIsWanted() {
    InetSocketAddress before = insider.address;
    Actor elsewhere = stage.stranger("elsewhere");
    stage.wantsNobodyAt(elsewhere.address);
    Update.Alive moved =
        new Update.Alive(
            insider.id,
            insider.generation,
            1,
            elsewhere.address,
            "",
            insider.alive().protocol(),
            0);
    insider.says(Stage.signed(moved, SimSigner.of("b")));

    assertThat(insider.record().address()).isEqualTo(before);
  }
}
