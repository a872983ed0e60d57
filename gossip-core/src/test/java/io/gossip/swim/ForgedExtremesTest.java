package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lies that keep the rules and go to their ends: the highest numbers, and what is final. */
class ForgedExtremesTest {

  private static final int HIGHEST = -1; // unsigned
  private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

  /** What can be said of b, whose handle is given, in one message. */
  static Stream<LongFunction<Update>> lies() {
    return Stream.of(
        b -> new Update.Refuted(b, 1_000),
        b -> new Update.Refuted(b, HIGHEST - 1),
        b -> new Update.Refuted(b, HIGHEST),
        b -> new Update.Suspect(b, 7, List.of(new Update.Charge(9, Evidence.SILENT))),
        b -> new Update.Suspect(b, HIGHEST, List.of(new Update.Charge(9, Evidence.REFUSED))),
        b -> new Update.Dead(b, 0, List.of()),
        b -> new Update.Dead(b, HIGHEST, List.of()),
        b -> new Update.Left(b, 0),
        b -> new Update.Left(b, HIGHEST),
        b -> recordOfB(Stage.GENERATION, HIGHEST),
        b -> recordOfB(Stage.GENERATION + 1, 0),
        b -> recordOfB(Stage.GENERATION + YEAR_MILLIS, HIGHEST));
  }

  private static Update.Alive recordOfB(long generation, int incarnation) {
    return new Update.Alive(
        new NodeId("b"),
        generation,
        incarnation,
        Simulation.address(1),
        "",
        new ProtocolRange(1, 1),
        0);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void lieIsOutlivedByWhomItIsAboutAndViewsAgreeAgain(LongFunction<Update> lie) {
    Pair pair = new Pair(SwimConfig.lan());
    pair.a.pings();
    pair.b.pings();
    pair.passes(Duration.ofSeconds(2));

    pair.a.learns(lie.apply(handleOfB(pair)));
    pair.passes(Duration.ofSeconds(60));

    assertThatBothAreMembersOfOneView(pair);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void lieThatIsToldAgainAndAgainSilencesNobody(LongFunction<Update> lie) {
    Pair pair = new Pair(SwimConfig.lan());
    pair.a.pings();
    pair.b.pings();
    pair.passes(Duration.ofSeconds(2));

    for (int i = 0; i < 200; i++) {
      Update told = lie.apply(handleOfB(pair));
      pair.a.learns(told);
      pair.b.learns(told);
      pair.passes(Duration.ofMillis(100));
    }
    assertThat(pair.b.swim.phase()).isEqualTo(Phase.JOINED);
    assertThat(pair.b.swim.membership().self().status()).isEqualTo(ALIVE);

    pair.passes(Duration.ofSeconds(60));
    assertThatBothAreMembersOfOneView(pair);
  }

  @Test
  void nodeTakesNoMoreThanOneNewLifeASecondForWhatIsSaidOfIt() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    long before = stage.swim.membership().self().generation();
    for (int i = 0; i < 100; i++) {
      b.says(new Update.Left(stage.swim.membership().self().identity().handle(), 0));
    }
    Member first = stage.swim.membership().self();
    assertThat(first.generation()).isEqualTo(before + 1);

    stage.passes(Duration.ofSeconds(1));
    b.says(new Update.Left(first.identity().handle(), 0));
    assertThat(stage.swim.membership().self().generation()).isGreaterThan(first.generation());
  }

  @Test
  void newLifeAfterOneFromTheEndOfWhatIsBelievedIsBelievedWithinASecond() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    Member self = stage.swim.membership().self();
    long latest = Stage.GENERATION + YEAR_MILLIS + stage.now() / 1_000_000;
    b.says(new Update.Alive(self.id(), latest, 0, self.address(), "", new ProtocolRange(1, 1), 0));

    assertThat(stage.swim.membership().self().generation()).isEqualTo(latest + 1);
  }

  private static long handleOfB(Pair pair) {
    return pair.b.swim.membership().self().identity().handle();
  }

  private static void assertThatBothAreMembersOfOneView(Pair pair) {
    for (Swim swim : List.of(pair.a.swim, pair.b.swim)) {
      assertThat(swim.phase()).isEqualTo(Phase.JOINED);
      assertThat(swim.membership().members()).hasSize(2);
      assertThat(swim.membership().members())
          .allMatch(member -> member.status() == ALIVE, "is alive");
    }
    assertThat(pair.agree()).isTrue();
    assertThat(new Identity(new NodeId("b"), pair.b.swim.membership().self().generation()).handle())
        .isEqualTo(
            pair.a.swim.membership().find(new NodeId("b")).orElseThrow().identity().handle());
  }
}
