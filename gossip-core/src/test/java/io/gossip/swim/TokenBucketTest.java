package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void burstIsGrantedAtOnceAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(3, 2);
    assertThat(bucket.take(0, 1)).isTrue();
    assertThat(bucket.take(0, 2)).isTrue();
    assertThat(bucket.take(0, 1)).isFalse();
    assertThat(bucket.availableAt(0, 1)).isEqualTo(SECOND / 2);
    assertThat(bucket.take(SECOND / 2, 1)).isTrue();
    assertThat(bucket.take(SECOND / 2, 1)).isFalse();
  }

  @Test
  void refusalCostsNothing() {
    TokenBucket bucket = new TokenBucket(3, 2);
    bucket.spend(0, 1);
    assertThat(bucket.take(0, 3)).isFalse();
    assertThat(bucket.take(0, 2)).isTrue();
  }

  @Test
  void neverHoldsMoreThanItsCapacity() {
    TokenBucket bucket = new TokenBucket(3, 2);
    assertThat(bucket.take(1_000 * SECOND, 3)).isTrue();
    assertThat(bucket.take(1_000 * SECOND, 0.1)).isFalse();
  }

  @Test
  void debtIsPaidBeforeAnythingIsGranted() {
    TokenBucket bucket = new TokenBucket(100, 100);
    bucket.spend(0, 150);
    assertThat(bucket.take(SECOND / 2, 1)).isFalse();
    assertThat(bucket.availableAt(SECOND / 2, 10)).isEqualTo(6 * SECOND / 10);
    assertThat(bucket.take(6 * SECOND / 10, 10)).isTrue();
  }

  @Test
  void debtIsPaidAfterASecondAtTheLatest() {
    TokenBucket bucket = new TokenBucket(100, 10);
    bucket.spend(0, 1_000);
    assertThat(bucket.availableAt(0, 10)).isEqualTo(2 * SECOND);
  }

  @Test
  void moreThanTheCapacityWaitsForAFullBucketAndNotForEver() {
    TokenBucket bucket = new TokenBucket(10, 10);
    assertThat(bucket.take(0, 25)).isTrue();
    assertThat(bucket.take(0, 25)).isFalse();
    assertThat(bucket.availableAt(0, 25)).isEqualTo(5 * SECOND / 2);
    assertThat(bucket.take(5 * SECOND / 2, 25)).isTrue();
  }

  @Test
  void withoutCapacityNothingIsEverGranted() {
    TokenBucket bucket = new TokenBucket(0, 5);
    assertThat(bucket.take(SECOND, 1)).isFalse();
    assertThat(bucket.availableAt(SECOND, 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void withoutRateWhatIsSpentIsGone() {
    TokenBucket bucket = new TokenBucket(1, 0);
    assertThat(bucket.availableAt(7, 1)).isEqualTo(7);
    assertThat(bucket.take(7, 1)).isTrue();
    assertThat(bucket.availableAt(7, 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsPromisedIsGrantedAndNotEarlier() {
    for (int rate : new int[] {1, 3, 5, 7, 10, 1_000, 65_536}) {
      TokenBucket bucket = new TokenBucket(rate, rate);
      long now = 0;
      for (int i = 0; i < 10_000; i++) {
        double amount = 1 + i % rate;
        long at = bucket.availableAt(now, amount);
        if (at - now > 2_000) {
          assertThat(bucket.take(at - 2_000, amount)).isFalse();
        }
        assertThat(bucket.take(at, amount)).isTrue();
        now = at + i % 2;
      }
    }
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> new TokenBucket(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
