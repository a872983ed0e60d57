package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MILLI = 1_000_000;
  private static final long FLOOR = 50 * MILLI;
  private static final long CEILING = 500 * MILLI;

  private final RoundTrip roundTrip = new RoundTrip();

  @Test
  void withoutMeasurementTheCeilingHolds() {
    assertThat(roundTrip.timeout(FLOOR, CEILING)).isEqualTo(CEILING);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(-1);
  }

  @Test
  void firstMeasurementCountsThreeTimes() {
    roundTrip.sample(40 * MILLI);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(40 * MILLI);
    assertThat(roundTrip.timeout(FLOOR, CEILING)).isEqualTo(120 * MILLI);
  }

  @Test
  void secondMeasurementIsWeighedAsRfc6298Says() {
    roundTrip.sample(40 * MILLI);
    roundTrip.sample(80 * MILLI);
    // RTTVAR = 3/4 · 20 + 1/4 · 40 = 25; SRTT = 7/8 · 40 + 1/8 · 80 = 45
    assertThat(roundTrip.smoothedNanos()).isEqualTo(45 * MILLI);
    assertThat(roundTrip.timeout(FLOOR, CEILING)).isEqualTo(145 * MILLI);
  }

  @Test
  void steadyAnswersBringTheTimeoutDownToTheFloor() {
    for (int i = 0; i < 100; i++) {
      roundTrip.sample(MILLI);
    }
    assertThat(roundTrip.timeout(FLOOR, CEILING)).isEqualTo(FLOOR);
    assertThat(roundTrip.timeout(0, CEILING)).isBetween(MILLI, MILLI + 100);
  }

  @Test
  void slowAnswersDoNotExceedTheCeiling() {
    roundTrip.sample(400 * MILLI);
    assertThat(roundTrip.timeout(FLOOR, CEILING)).isEqualTo(CEILING);
  }

  @Test
  @DisplayName("T-K 133: a time below 0 or above 10 s is no measurement")
  void impossibleTimesChangeNothing() {
    roundTrip.sample(-1);
    roundTrip.sample(10_000 * MILLI + 1);
    roundTrip.sample(Long.MIN_VALUE);
    roundTrip.sample(Long.MAX_VALUE);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(-1);
    roundTrip.sample(10_000 * MILLI);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(10_000 * MILLI);
  }

  @Test
  @DisplayName("T-K 133: the estimate stays within what was measured, after any sequence")
  void estimateStaysFinite() {
    SplittableRandom random = new SplittableRandom(133);
    for (int i = 0; i < 100_000; i++) {
      roundTrip.sample(random.nextBoolean() ? random.nextLong() : random.nextLong(CEILING));
      assertThat(roundTrip.smoothedNanos()).isBetween(-1L, 10_000 * MILLI);
      assertThat(roundTrip.timeout(FLOOR, CEILING)).isBetween(FLOOR, CEILING);
    }
    assertThat(roundTrip.smoothedNanos()).isBetween(0L, CEILING);
  }
}
