package io.gossip.spring.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Identity;
import io.gossip.membership.NodeId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  private static final Duration TIME = Duration.ofSeconds(2);
  private static final Duration NEARLY = TIME.minusMillis(1);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Identity A = identity("a", 1);
  private static final Identity B = identity("b", 1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // it may run over
  private final Quarantine quarantine = new Quarantine(TIME, now::get);

  @Test
  void whoCouldNotBeReachedIsOutForTheTimeAndNobodyElseIs() {
    assertThat(quarantine.current().isEmpty()).isTrue();
    quarantine.failed(A);
    assertThat(isOut(A)).isTrue();
    assertThat(isOut(B)).isFalse();
    assertThat(quarantine.rest(A)).isEqualTo(TIME);
    assertThat(quarantine.rest(B)).isNull();
    pass(NEARLY);
    assertThat(isOut(A)).isTrue();
    pass(INSTANT);
    assertThat(isOut(A)).isFalse();
  }

  @Test
  void whenTheTimeIsOverOneCallTriesItAndItStaysOutForOthersMeanwhile() {
    quarantine.failed(A);
    pass(TIME);
    assertThat(isOut(A)).isFalse();
    quarantine.tried(A);
    assertThat(isOut(A)).isTrue();
    quarantine.reached(A);
    assertThat(isOut(A)).isFalse();
  }

  @Test
  void whoFailsItsTrialIsOutForTwiceTheTimeAndSoOnUpToABound() {
    Duration expected = TIME;
    for (int failures = 0; failures < 8; failures++) {
      quarantine.failed(A);
      assertThat(quarantine.rest(A)).as("after %s failures", failures).isEqualTo(expected);
      pass(expected);
      assertThat(isOut(A)).isFalse();
      quarantine.tried(A);
      if (failures < Quarantine.DOUBLINGS) {
        expected = expected.multipliedBy(2);
      }
    }
  }

  @Test
  void aTrialThatNeverEndsIsFollowedByAnother() {
    quarantine.failed(A);
    pass(TIME);
    quarantine.tried(A);
    pass(TIME);
    assertThat(isOut(A)).isFalse();
  }

  @Test
  void callsThatBeganBeforeItFailedSayNothingNew() {
    quarantine.failed(A);
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      quarantine.failed(A);
    }
    assertThat(quarantine.rest(A)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aTrialBeforeTheTimeIsOverIsNone() {
    quarantine.failed(A);
    quarantine.tried(A); // all others are out, too, so that it was called all the same
    assertThat(quarantine.rest(A)).isEqualTo(TIME);
  }

  @Test
  void whoAnswersIsBackAtOnceAndStartsAnew() {
    quarantine.failed(A);
    pass(TIME);
    quarantine.failed(A);
    quarantine.reached(A);
    assertThat(isOut(A)).isFalse();
    quarantine.failed(A);
    assertThat(quarantine.rest(A)).isEqualTo(TIME);
  }

  @Test
  void aRestartIsAnotherOne() {
    quarantine.failed(A);
    assertThat(isOut(identity("a", 2))).isFalse();
  }

  @Test
  void whoIsNotTriedForAMinuteIsForgotten() {
    quarantine.failed(A);
    pass(TIME.plusMinutes(1).plusMillis(1));
    quarantine.failed(B); // whatever makes it look
    quarantine.failed(A);
    assertThat(quarantine.rest(A)).isEqualTo(TIME);
  }

  @Test
  void whoIsOutIsTheSameObjectUntilItChanges() {
    assertThat(quarantine.current()).isSameAs(Quarantined.NOBODY);
    quarantine.failed(A);
    Quarantined out = quarantine.current();
    pass(NEARLY);
    assertThat(quarantine.current()).isSameAs(out);
    pass(INSTANT);
    assertThat(quarantine.current()).isSameAs(Quarantined.NOBODY);
  }

  @Test
  void theTableIsBoundedAndKeepsTheLatest() {
    quarantine.failed(A);
    for (int i = 0; i < Quarantine.MAX_MEMBERS; i++) {
      quarantine.failed(identity("m" + i, 1));
    }
    assertThat(quarantine.current().size()).isEqualTo(Quarantine.MAX_MEMBERS);
    assertThat(isOut(A)).isFalse();
  }

  private static Identity identity(String id, long generation) {
    return new Identity(new NodeId(id), generation);
  }

  private boolean isOut(Identity member) {
    return quarantine.current().contains(member);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
