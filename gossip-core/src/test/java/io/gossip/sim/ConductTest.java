package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Ping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shows that careless verdicts and answers are seen. */
class ConductTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LATER = Long.MAX_VALUE;
  private static final long OWN = 7;
  private static final Membership VIEW = view(10);

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final Conduct conduct =
      new Conduct("a", SwimConfig.lan(), counter -> counts.getOrDefault(counter, 0L));
  private long now = 100 * SECOND;

  private static Membership view(int members) {
    List<Member> all = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      all.add(member("m" + i));
    }
    return new Membership(1, 0, all.get(0), all, List.of());
  }

  private static Member member(String id) {
    return new Member(
        new NodeId(id),
        1,
        0,
        MemberStatus.ALIVE,
        Simulation.address(1),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }

  private void counts(Counter counter) {
    counts.merge(counter, 1L, Long::sum);
  }

  private void hearsSomebody() {
    conduct.begins(now, LATER);
    conduct.hears(now, true);
    conduct.heard(List.of(), OWN, OWN);
    conduct.ended(now, VIEW, false);
  }

  private static void fails(String rule, Runnable step) {
    assertThatThrownBy(step::run).isInstanceOf(Violation.class).hasMessageContaining(rule);
  }

  /** A timer goes off, and the process declares somebody dead. */
  private void declares(String name, Duration suspectedFor, Evidence evidence) {
    declares(name, suspectedFor, new Accusation("a", evidence));
  }

  private void declares(String name, Duration suspectedFor, Accusation... accusations) {
    conduct.begins(now, LATER);
    counts(Counter.DEATHS_DECLARED);
    conduct.publishes(
        new Failed(member(name).with(MemberStatus.DEAD), List.of(accusations), suspectedFor));
    conduct.ended(now, VIEW, true);
  }

  private void looksFor(String name) {
    long handle = member(name).identity().handle();
    conduct.sends(now, List.of(new Ping(1, handle)));
    conduct.sends(now, List.of(new Ping(1, handle)));
  }

  @Test
  void carefulVerdictPasses() {
    hearsSomebody();
    looksFor("m1");
    assertThatCode(() -> declares("m1", Duration.ofSeconds(3), Evidence.SILENT))
        .doesNotThrowAnyException();
  }

  @Test
  void verdictBeforeTheShortestSuspicionIsOverIsSeen() {
    hearsSomebody();
    looksFor("m1");
    fails("too early", () -> declares("m1", Duration.ofMillis(1_999), Evidence.SILENT));
  }

  @Test
  void evidenceOfACrashNeedsNeitherTimeNorALook() {
    hearsSomebody();
    looksFor("m1");
    now += SECOND / 10;
    assertThatCode(
            () ->
                declares(
                    "m1",
                    Duration.ZERO,
                    new Accusation("a", Evidence.REFUSED),
                    new Accusation("b", Evidence.REFUSED)))
        .doesNotThrowAnyException();
  }

  @Test
  void crashOnItsOwnWordAloneIsSeen() {
    hearsSomebody();
    looksFor("m1");
    now += SECOND / 10;
    fails("its own word", () -> declares("m1", Duration.ZERO, Evidence.REFUSED));
  }

  @Test
  void refusalWithoutTimeForAnAnswerIsSeen() {
    hearsSomebody();
    looksFor("m1");
    now += SECOND / 100;
    fails("does not wait", () -> declares("m1", Duration.ZERO, Evidence.REFUSED));
  }

  @Test
  void verdictWithoutALastLookIsSeen() {
    hearsSomebody();
    fails("last look", () -> declares("m1", Duration.ofSeconds(3), Evidence.SILENT));
    looksFor("m2");
    now += 3 * SECOND;
    hearsSomebody();
    fails("last look", () -> declares("m2", Duration.ofSeconds(3), Evidence.SILENT));
  }

  @Test
  void verdictsBesideTheBrakeAreSeen() {
    hearsSomebody();
    for (int i = 1; i <= 3; i++) {
      looksFor("m" + i);
    }
    declares("m1", Duration.ofSeconds(3), Evidence.SILENT);
    declares("m2", Duration.ofSeconds(3), Evidence.SILENT);
    fails("at a time", () -> declares("m3", Duration.ofSeconds(3), Evidence.SILENT));
  }

  @Test
  void verdictOfADeafProcessIsSeen() {
    hearsSomebody();
    now += 2 * SECOND;
    looksFor("m1");
    fails("hears nobody", () -> declares("m1", Duration.ofSeconds(3), Evidence.SILENT));
    now += 40 * SECOND; // beyond the hold
    looksFor("m2");
    assertThatCode(() -> declares("m2", Duration.ofSeconds(3), Evidence.SILENT))
        .doesNotThrowAnyException();
  }

  @Test
  void pauseThatIsNotNoticedIsSeen() {
    conduct.begins(now, now - SECOND);
    fails("has paused", () -> conduct.ended(now, VIEW, true));
    conduct.begins(now, now - SECOND);
    counts(Counter.PAUSES);
    conduct.ended(now, VIEW, true);
  }

  @Test
  void verdictRightAfterAPauseIsSeen() {
    conduct.begins(now, now - SECOND);
    counts(Counter.PAUSES);
    conduct.ended(now, VIEW, true);
    looksFor("m1");
    now += SECOND + SECOND / 4;
    fails("after a pause", () -> declares("m1", Duration.ofSeconds(3), Evidence.SILENT));
  }

  @Test
  void answerToNoQuestionIsSeen() {
    conduct.sends(now, List.of(new Ping(5, 9)));
    conduct.begins(now, LATER);
    counts(Counter.PROBES_DIRECT);
    conduct.heard(List.of(new Ack(5, 0)), OWN, OWN);
    conduct.begins(now, LATER);
    counts(Counter.PROBES_DIRECT);
    fails("S10", () -> conduct.heard(List.of(new Ack(5, 0)), OWN, OWN)); // once is enough
  }

  @Test
  void answerForAnotherLifeIsSeen() {
    conduct.begins(now, LATER);
    conduct.sends(now, List.of(new Ack(3, 0)));
    conduct.heard(List.of(new Ping(3, OWN)), OWN, OWN);
    conduct.begins(now, LATER);
    conduct.sends(now, List.of(new Ack(3, 0)));
    fails("S9", () -> conduct.heard(List.of(new Ping(3, OWN + 1)), OWN, OWN));
  }
}
