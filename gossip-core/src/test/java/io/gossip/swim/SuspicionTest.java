package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.membership.Evidence;
import io.gossip.wire.Limits;
import io.gossip.wire.Update;
import io.gossip.wire.Update.Charge;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final long FLOOR = 40 * SECOND;

  @Test
  @DisplayName("T-C 27: k = 3, min 2 s, max 30 s: 30 s, then 14 s left, 4.81 s left, due")
  void everyConfirmationShrinksIt() {
    Suspicion suspicion = suspicion(3);
    suspicion.accuse(new Charge(1, Evidence.UNANSWERED));
    assertThat(suspicion.deadline()).isEqualTo(30 * SECOND);
    suspicion.accuse(
        new Charge(2, Evidence.UNANSWERED)); // confirmed at 2 s: max − (ln 2 / ln 4) · 28 s
    assertThat(suspicion.deadline() - 2 * SECOND).isEqualTo(14 * SECOND);
    suspicion.accuse(new Charge(3, Evidence.UNANSWERED)); // at 3 s
    assertThat(suspicion.deadline() - 3 * SECOND).isCloseTo(4_811 * MILLI, within(MILLI));
    suspicion.accuse(new Charge(4, Evidence.UNANSWERED)); // at 4 s: has been due since 2 s
    assertThat(suspicion.deadline()).isEqualTo(2 * SECOND);
  }

  @Test
  @DisplayName("T-C 28: where no confirmation can be had it runs at its minimum")
  void withoutExpectedConfirmationsItIsAtItsMinimum() {
    Suspicion suspicion = suspicion(0);
    suspicion.accuse(new Charge(1, Evidence.UNANSWERED));
    assertThat(suspicion.deadline()).isEqualTo(2 * SECOND);
  }

  @Test
  @DisplayName("T-C 30: an accuser who repeats itself changes nothing, the first one neither")
  void repeatedAccusationsAreNoNews() {
    Suspicion suspicion = suspicion(3);
    assertThat(suspicion.accuse(new Charge(1, Evidence.UNANSWERED))).isTrue();
    assertThat(suspicion.accuse(new Charge(2, Evidence.SILENT))).isTrue();
    long deadline = suspicion.deadline();
    assertThat(suspicion.accuse(new Charge(1, Evidence.UNANSWERED))).isFalse();
    assertThat(suspicion.accuse(new Charge(2, Evidence.SILENT))).isFalse();
    assertThat(suspicion.accuse(new Charge(2, Evidence.UNANSWERED))).isFalse();
    assertThat(suspicion.deadline()).isEqualTo(deadline);
    assertThat(suspicion.charges())
        .containsExactly(
            new Update.Charge(1, Evidence.UNANSWERED), new Update.Charge(2, Evidence.SILENT));
  }

  @Test
  @DisplayName("T-C 31: accusers beyond those waited for are ignored")
  void dogpileIsNoNews() {
    Suspicion suspicion = suspicion(2);
    for (int accuser = 1; accuser <= 3; accuser++) {
      assertThat(suspicion.accuse(new Charge(accuser, Evidence.UNANSWERED))).isTrue();
    }
    assertThat(suspicion.accuse(new Charge(4, Evidence.UNANSWERED))).isFalse();
    assertThat(suspicion.accuse(new Charge(5, Evidence.SILENT))).isFalse();
    assertThat(suspicion.charges()).hasSize(3);
  }

  @Test
  @DisplayName("T-C 35: however many accuse, the set stays within its bound")
  void accusersAreBounded() {
    Suspicion suspicion = suspicion(4);
    Evidence[] kinds = Evidence.values();
    int news = 0;
    for (int i = 0; i < 1_000; i++) {
      news += suspicion.accuse(new Charge(1 + i / kinds.length, kinds[i % kinds.length])) ? 1 : 0;
      assertThat(suspicion.charges()).hasSizeLessThanOrEqualTo(Limits.CHARGES);
    }
    assertThat(news).isLessThanOrEqualTo(4 * Limits.CHARGES);
  }

  @Test
  void hostThatWasReachedGetsMoreThanAFloorHoweverManyAccuse() {
    Suspicion suspicion = suspicion(2);
    suspicion.accuse(new Charge(1, Evidence.SILENT));
    assertThat(suspicion.deadline()).isEqualTo(2 * SECOND);
    suspicion.accuse(new Charge(2, Evidence.UNRESPONSIVE));
    suspicion.accuse(new Charge(3, Evidence.SILENT));
    assertThat(suspicion.deadline()).isEqualTo(FLOOR);
    Suspicion confirmed = new Suspicion(0, 0, 2, 2 * SECOND, 30 * SECOND, 10 * SECOND, 2);
    confirmed.accuse(new Charge(1, Evidence.UNRESPONSIVE));
    assertThat(confirmed.deadline()).isEqualTo(30 * SECOND);
    confirmed.accuse(new Charge(2, Evidence.UNRESPONSIVE));
    confirmed.accuse(new Charge(3, Evidence.UNRESPONSIVE));
    assertThat(confirmed.deadline()).isEqualTo(10 * SECOND);
  }

  @Test
  void silentHostGetsTheShortestTimeAtOnce() {
    Suspicion suspicion = suspicion(3);
    suspicion.accuse(new Charge(1, Evidence.UNANSWERED));
    suspicion.accuse(new Charge(2, Evidence.SILENT));
    assertThat(suspicion.deadline()).isEqualTo(2 * SECOND);
  }

  @Test
  void crashesAreCountedAndDoNotHurryTheTimer() {
    Suspicion suspicion = suspicion(3);
    suspicion.accuse(new Charge(1, Evidence.REFUSED));
    assertThat(suspicion.deadline()).isEqualTo(30 * SECOND);
    assertThat(suspicion.crashObservers()).isEqualTo(1);
    suspicion.accuse(new Charge(1, Evidence.WRONG_IDENTITY));
    assertThat(suspicion.crashObservers()).isEqualTo(1);
    suspicion.accuse(new Charge(2, Evidence.WRONG_IDENTITY));
    assertThat(suspicion.deadline()).isEqualTo(16 * SECOND);
    assertThat(suspicion.crashObservers()).isEqualTo(2);
  }

  @Test
  void secondObserverOfACrashIsHeardEvenIfEnoughHaveConfirmed() {
    Suspicion suspicion = suspicion(2);
    for (int accuser = 1; accuser <= 3; accuser++) {
      suspicion.accuse(new Charge(accuser, Evidence.UNRESPONSIVE));
    }
    assertThat(suspicion.accuse(new Charge(4, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.accuse(new Charge(5, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.crashObservers()).isEqualTo(2);
    assertThat(suspicion.accuse(new Charge(6, Evidence.REFUSED))).isFalse();
  }

  @Test
  void crashMakesRoomInAFullSetAmongThoseWhoOnlyConfirm() {
    Suspicion suspicion = suspicion(4);
    suspicion.accuse(new Charge(1, Evidence.UNRESPONSIVE));
    for (int accuser = 2; accuser <= 5; accuser++) {
      suspicion.accuse(new Charge(accuser, Evidence.UNRESPONSIVE));
    }
    assertThat(suspicion.accuse(new Charge(6, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.accuse(new Charge(7, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.charges())
        .extracting(Update.Charge::accuser)
        .containsExactly(1L, 2L, 3L, 7L, 6L);
    assertThat(suspicion.deadline()).isEqualTo(FLOOR);
  }

  @Test
  void crashDoesNotPushOutTheOnlyOneWhoReachedTheHost() {
    Suspicion suspicion = suspicion(4);
    for (int accuser = 1; accuser <= 4; accuser++) {
      suspicion.accuse(new Charge(accuser, Evidence.SILENT));
    }
    suspicion.accuse(new Charge(5, Evidence.UNRESPONSIVE));
    assertThat(suspicion.accuse(new Charge(6, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.charges())
        .extracting(Update.Charge::accuser)
        .containsExactly(1L, 2L, 3L, 6L, 5L);
  }

  @Test
  void firstToReachTheHostIsHeardEvenIfEnoughHaveConfirmed() {
    Suspicion suspicion = suspicion(4);
    for (int accuser = 1; accuser <= 5; accuser++) {
      suspicion.accuse(new Charge(accuser, Evidence.SILENT));
    }
    assertThat(suspicion.accuse(new Charge(6, Evidence.UNRESPONSIVE))).isTrue();
    assertThat(suspicion.accuse(new Charge(7, Evidence.UNRESPONSIVE))).isFalse();
    assertThat(suspicion.deadline()).isEqualTo(FLOOR);
  }

  @Test
  void accuserWhoFindsWorseThanBeforeIsHeardAgain() {
    Suspicion suspicion = suspicion(3);
    suspicion.accuse(new Charge(1, Evidence.UNRESPONSIVE));
    assertThat(suspicion.accuse(new Charge(1, Evidence.REFUSED))).isTrue();
    assertThat(suspicion.charges()).containsExactly(new Update.Charge(1, Evidence.REFUSED));
    assertThat(suspicion.crashObservers()).isEqualTo(1);
    assertThat(suspicion.accuse(new Charge(1, Evidence.UNRESPONSIVE))).isFalse();
  }

  @Test
  void afterADeafSpellTheMinimumRunsFromNow() {
    Suspicion suspicion = suspicion(3);
    suspicion.accuse(new Charge(1, Evidence.UNANSWERED));
    suspicion.restartAtMinimum(20 * SECOND);
    assertThat(suspicion.deadline()).isEqualTo(22 * SECOND);
    assertThat(suspicion.startedAt()).isZero();
    suspicion.accuse(new Charge(2, Evidence.UNRESPONSIVE));
    assertThat(suspicion.deadline()).isEqualTo(20 * SECOND + FLOOR);
  }

  @Test
  void postponedVerdictWaitsAndAnEarlierTimeDoesNotHurryIt() {
    Suspicion suspicion = suspicion(0);
    suspicion.postpone(5 * SECOND);
    suspicion.postpone(3 * SECOND);
    assertThat(suspicion.deadline()).isEqualTo(5 * SECOND);
    suspicion.restartAtMinimum(4 * SECOND);
    assertThat(suspicion.deadline()).isEqualTo(6 * SECOND);
  }

  @Test
  void longestTimeIsNeverBelowTheShortest() {
    Suspicion suspicion = new Suspicion(7, 3, 2, 10, 5, 0, 2);
    assertThat(suspicion.deadline()).isEqualTo(17);
    assertThat(suspicion.incarnation()).isEqualTo(3);
    assertThat(suspicion.charges()).isEqualTo(List.of());
  }

  private static Suspicion suspicion(int expected) {
    return new Suspicion(0, 0, expected, 2 * SECOND, 30 * SECOND, FLOOR, 2);
  }
}
