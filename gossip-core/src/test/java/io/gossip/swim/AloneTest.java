package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.swim.Stage.Actor;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node does that hears nobody for longer than it withholds its verdicts. */
class AloneTest {
  private static final Duration DEAF_AND_HOLD = Duration.ofMillis(31_500);

  private static void fallSilent(List<Actor> members) {
    members.forEach(member -> member.answers = member.nacks = false);
  }

  private static SwimConfig withoutStreams() {
    return SwimConfig.lan().toBuilder().streamPing(false).build();
  }

  @Test
  void timeInWhichNobodyWasHeardCountsAgainstNobody() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(7);
    stage.passes(Duration.ofSeconds(5));
    Actor subject = members.get(0);
    Actor accuser = members.get(1);
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    fallSilent(members);
    stage.passes(DEAF_AND_HOLD.plusMillis(1_900));
    assertThat(stage.events()).noneMatch(Failed.class::isInstance);
    stage.passes(Duration.ofSeconds(30));
    assertThat(stage.swim.membership().members()).hasSize(1);
  }

  @Test
  void deathsDeclaredByWhoHearsNobodyAreNotToldToWhoIsHeardThen() {
    Stage stage = new Stage(withoutStreams());
    List<Actor> members = stage.members(7);
    fallSilent(members);
    Actor heard = members.get(0);
    Actor other = members.get(1);
    for (int i = 0; i < 1_000 && (heard.status() != DEAD || other.status() != DEAD); i++) {
      stage.passes(Duration.ofMillis(100));
    }
    assertThat(other.status()).isEqualTo(DEAD);
    heard.answers = true;
    heard.incarnation = 1;
    heard.disagrees = true; // or it is thought to know all there is
    stage.effects();
    heard.says(heard.alive(), new Ack(1, 0));
    stage.passes(Duration.ofSeconds(2));
    assertThat(heard.status()).isEqualTo(ALIVE);
    assertThat(stage.sent(Update.Dead.class, heard)).isEmpty();
  }
}
