package io.gossip.spring.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Identity;
import io.gossip.membership.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  private static final long LEAST = 300;
  private static final Identity A = identity("a", 1);
  private static final Identity B = identity("b", 1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // it may run over
  private final AnswerTimes times = new AnswerTimes(Duration.ofMillis(LEAST), now::get);

  @Test
  void aCallThatWaitsLongerThanEverIsNoticedAtTheNextCallToAnybody() {
    answer(A, 0);
    assertThat(times.asked(A)).isEmpty();
    pass(LEAST - 1);
    assertThat(times.asked(B)).isEmpty();
    pass(1);
    assertThat(times.asked(B)).containsExactly(A);
  }

  @Test
  void itIsToldOnceUntilItAnswers() {
    answer(A, 0);
    times.asked(A);
    pass(LEAST);
    assertThat(times.asked(A)).containsExactly(A);
    pass(10 * LEAST);
    assertThat(times.asked(A)).isEmpty();

    times.answered(A);
    answer(A, 0);
    times.asked(A);
    pass(AnswerTimes.AT_MOST * LEAST);
    assertThat(times.asked(B)).containsExactly(A);
  }

  @Test
  void anAnswerToOneCallIsOneForAll() {
    answer(A, 0);
    times.asked(A);
    pass(LEAST - 1);
    times.asked(A);
    times.answered(A); // the first call may never end: its client has given up
    pass(100 * LEAST);
    assertThat(times.asked(B)).isEmpty();
  }

  @Test
  void whoTakesLongIsGivenTwiceAsLong() {
    for (int i = 0; i < 10; i++) {
      assertThat(answer(A, 2_000)).isEmpty();
    }
    times.asked(A);
    pass(2 * 2_000 + LEAST - 1);
    assertThat(times.asked(A)).isEmpty();
    pass(1);
    assertThat(times.asked(A)).containsExactly(A);
  }

  @Test
  void whoTakesLongEveryOtherTimeIsGivenThatAsWell() {
    for (int i = 0; i < 50; i++) {
      assertThat(answer(A, i % 2 == 0 ? 100 : 1_100)).isEmpty();
    }
  }

  @Test
  void slowFirstAnswersAreSoonForgotten() {
    answer(A, 800);
    for (int i = 0; i < 15; i++) {
      answer(A, 0);
    }
    times.asked(A);
    pass(LEAST + 30);
    assertThat(times.asked(B)).containsExactly(A);
  }

  @Test
  void thereIsAnEndToPatience() {
    for (int i = 0; i < 100; i++) {
      answer(A, 60_000);
    }
    times.asked(A);
    pass(AnswerTimes.AT_MOST * LEAST);
    assertThat(times.asked(B)).containsExactly(A);
  }

  @Test
  void oneStopOfTenSecondsIsNotTheNewCustom() {
    answer(A, 0);
    answer(A, 10_000);
    times.asked(A);
    pass(3 * LEAST);
    assertThat(times.asked(A)).containsExactly(A);
  }

  @Test
  void whoHasNeverAnsweredIsGivenLonger() {
    times.asked(A);
    pass(AnswerTimes.AT_FIRST * LEAST - 1);
    assertThat(times.asked(B)).isEmpty();
    pass(1);
    assertThat(times.asked(B)).containsExactly(A);
  }

  @Test
  void aRestartIsAnotherOne() {
    answer(A, 0);
    times.asked(A);
    pass(LEAST);
    assertThat(times.asked(identity("a", 2))).containsExactly(A);
    pass(LEAST);
    assertThat(times.asked(B)).isEmpty();
  }

  @Test
  void severalAreToldTogether() {
    answer(A, 0);
    answer(B, 0);
    times.asked(A);
    times.asked(B);
    pass(LEAST);
    assertThat(times.asked(A)).containsExactly(A, B);
  }

  @Test
  void theTableIsBounded() {
    answer(A, 0);
    times.asked(A);
    for (int i = 0; i < AnswerTimes.MAX_MEMBERS; i++) {
      answer(identity("m" + i, 1), 0);
    }
    pass(LEAST);
    assertThat(times.asked(B)).isEmpty();
  }

  /** One call that takes so long; returns who was overdue when the next began. */
  private List<Identity> answer(Identity member, long millis) {
    List<Identity> overdue = times.asked(member);
    pass(millis);
    times.answered(member);
    return overdue;
  }

  private static Identity identity(String id, long generation) {
    return new Identity(new NodeId(id), generation);
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
