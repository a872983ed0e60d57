package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private final ReplayWindow window = new ReplayWindow();

  @Test
  void numberIsFreshOnce() {
    assertThat(take(1)).isTrue();
    assertThat(take(1)).isFalse();
  }

  @Test
  void numbersMayComeInAnyOrderWithinTheWindow() {
    assertThat(take(1_024)).isTrue();
    for (long counter = 1_023; counter >= 1; counter--) {
      assertThat(take(counter)).as("%d", counter).isTrue();
    }
  }

  @Test
  void numberOlderThanTheWindowIsNotFresh() {
    take(1_025);

    assertThat(window.isFresh(1)).isFalse();
    assertThat(window.isFresh(2)).isTrue();
  }

  @Test
  void largestNumberIsTakenAndNothingBeforeTheWindowAfterIt() {
    long largest = 0xFFFF_FFFFL;

    assertThat(take(5)).isTrue();
    assertThat(take(largest)).isTrue();
    assertThat(take(largest)).isFalse();
    assertThat(take(largest - 1_023)).isTrue();
    assertThat(take(largest - 1_024)).isFalse();
  }

  @Test
  void agreesWithASetOfAllThatWasSeen() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReplayWindow tested = new ReplayWindow();
      Set<Long> seen = new HashSet<>();
      long newest = 0;
      for (int i = 0; i < 5_000; i++) {
        int step = 1 << random.nextInt(1, 13);
        long counter = Math.max(1, newest + random.nextInt(-step, step / 2 + 1));
        boolean fresh = counter > newest - 1_024 && !seen.contains(counter);
        assertThat(tested.isFresh(counter)).as("seed %d, step %d", seed, i).isEqualTo(fresh);
        if (fresh) {
          tested.mark(counter);
          seen.add(counter);
          newest = Math.max(newest, counter);
        }
      }
    }
  }

  private boolean take(long counter) {
    boolean fresh = window.isFresh(counter);
    if (fresh) {
      window.mark(counter);
    }
    return fresh;
  }
}
