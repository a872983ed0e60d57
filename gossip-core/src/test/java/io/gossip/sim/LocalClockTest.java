package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  private final LocalClock clock = new LocalClock();

  @Test
  void showsTheTimeSinceItWasSet() {
    clock.set(100);
    assertThat(clock.at(350)).isEqualTo(250);
    assertThat(clock.when(250)).isEqualTo(350);
  }

  @Test
  void fastClockShowsMoreAndASlowOneLessFromThenOn() {
    clock.set(0);
    clock.pace(1_000, 1.5);
    assertThat(clock.at(1_000)).isEqualTo(1_000);
    assertThat(clock.at(2_000)).isEqualTo(2_500);
    clock.pace(2_000, 0.5);
    assertThat(clock.at(4_000)).isEqualTo(3_500);
  }

  @Test
  void timerFiresAtTheFirstMomentAtWhichItIsDue() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      clock.set(random.nextLong(1_000_000_000L));
      clock.pace(2_000_000_000L, 0.95 + 0.1 * random.nextDouble());
      long due = 2_000_000_000L + random.nextLong(1L << 45);
      long world = clock.when(due);
      assertThat(clock.at(world)).isGreaterThanOrEqualTo(due);
      assertThat(clock.at(world - 2)).isLessThan(due);
    }
  }

  @Test
  void neverRunsBackwards() {
    clock.set(0);
    long shown = 0;
    for (int i = 1; i < 1_000; i++) {
      clock.pace(i * 1_000L, i % 2 == 0 ? 1.05 : 0.95);
      assertThat(clock.at(i * 1_000L)).isGreaterThanOrEqualTo(shown);
      shown = clock.at(i * 1_000L);
    }
  }
}
