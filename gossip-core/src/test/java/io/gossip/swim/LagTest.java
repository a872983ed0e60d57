package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of samples of the own changes, wherever they come from. */
class LagTest {

  private static final long MILLI = 1_000_000L;

  private final Parts parts = PeerSelectorTest.parts("");
  private final Convergence convergence = parts.convergence;
  private final Peer member = PeerSelectorTest.member(parts);
  private long changedAt;

  private void change() {
    changedAt += Duration.ofMinutes(1).toNanos();
    parts.self.write(changedAt, Map.of("at", String.valueOf(changedAt)));
  }

  private void sample(long millis, boolean holds) {
    long held = holds ? Long.MAX_VALUE : 0;
    convergence.answered(changedAt + millis * MILLI, member, held, true);
  }

  private SwimReport.Convergence after(Duration time) {
    return convergence.report(changedAt + time.toNanos(), 0, 0);
  }

  private SwimReport.Convergence found() {
    return after(Duration.ofMinutes(1));
  }

  private void usual(int changes) {
    for (int i = 0; i < changes; i++) {
      change();
      sample(3, false);
      sample(30, false);
      sample(60, true);
      sample(120, true);
      sample(900, true);
      for (int second = 2; second < 20; second++) {
        sample(second * 1_000L, true);
      }
    }
  }

  @Test
  void isWhereSamplesTurnFromLackingToHolding() {
    usual(20);
    assertThat(found().lag50()).isEqualTo(Duration.ofMillis(64));
    assertThat(found().lag99()).isEqualTo(Duration.ofMillis(64));
  }

  @Test
  void isNotSaidOfOneEarlySampleAndManyLateOnes() {
    change();
    sample(6, true);
    for (int second = 1; second < 200; second++) {
      sample(second * 1_000L, true);
    }
    assertThat(found().lag50()).isNull();
    assertThat(found().lag99()).isNull();
  }

  @Test
  void isNotSaidOfAFewChangesThatLateSamplesFollowed() {
    for (int i = 0; i < 4; i++) {
      change();
      sample(30, true);
      for (int second = 1; second < 50; second++) {
        sample(second * 1_000L, true);
      }
    }
    assertThat(found().lag50()).isNull();
    usual(8);
    assertThat(found().lag50()).isBetween(Duration.ofMillis(64), Duration.ofMillis(128));
  }

  @Test
  void isNotMovedByOneStragglerAmongMany() {
    usual(20);
    sample(5_000, false);
    assertThat(found().lag99()).isEqualTo(Duration.ofMillis(64));
  }

  @Test
  void isLongWhereManyLackTheChangeForLong() {
    for (int i = 0; i < 20; i++) {
      change();
      for (int tenth = 1; tenth < 100; tenth++) {
        sample(tenth * 100L, tenth >= 50 || tenth % 3 == 0);
      }
    }
    assertThat(found().lag50()).isEqualTo(Duration.ofMillis(8_192));
    assertThat(found().lag99()).isEqualTo(Duration.ofMillis(16_384));
  }

  @Test
  void isForgottenWhenNothingChangesForLong() {
    usual(20);
    assertThat(after(Duration.ofMinutes(10)).lag99()).isNotNull();
    assertThat(after(Duration.ofHours(2)).lag99()).isNull();
    assertThat(after(Duration.ofHours(2)).lag50()).isNull();
  }

  @Test
  void aBadTimeIsForgottenWithinTheHour() {
    for (int i = 0; i < 5; i++) {
      change();
      for (int second = 1; second < 30; second++) {
        sample(second * 1_000L, false);
      }
    }
    assertThat(found().lag50()).isNull();
    usual(60);
    assertThat(found().lag99()).isEqualTo(Duration.ofMillis(64));
  }
}
