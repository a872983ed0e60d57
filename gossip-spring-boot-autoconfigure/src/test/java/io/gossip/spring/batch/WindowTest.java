package io.gossip.spring.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final long MS = 1_000_000;

  private final Window window = new Window(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void oneThingIsOverAfterTheQuietTime() {
    assertThat(window.isOpen()).isFalse();
    window.touch(5 * MS);
    assertThat(window.isOpen()).isTrue();
    assertThat(window.remaining(5 * MS)).isEqualTo(100 * MS);
    assertThat(window.remaining(105 * MS)).isZero();
  }

  @Test
  void whatComesMeanwhileMakesItLonger() {
    window.touch(0);
    window.touch(60 * MS);
    assertThat(window.remaining(100 * MS)).isEqualTo(60 * MS);
  }

  @Test
  void whatNeverEndsIsOverAfterTheLongestTime() {
    for (int i = 0; i < 2000; i += 50) {
      window.touch(i * MS);
    }
    assertThat(window.remaining(999 * MS)).isEqualTo(MS);
    assertThat(window.remaining(1000 * MS)).isZero();
  }

  @Test
  void afterTheEndTheNextBeginsAnew() {
    window.touch(0);
    window.close();
    assertThat(window.isOpen()).isFalse();
    window.touch(5000 * MS);
    assertThat(window.remaining(5000 * MS)).isEqualTo(100 * MS);
  }

  @Test
  void theQuietTimeIsKeptEvenIfTheLongestIsShorter() {
    Window strange = new Window(Duration.ofMillis(500), Duration.ofMillis(1));
    strange.touch(0);
    assertThat(strange.remaining(0)).isEqualTo(500 * MS);
  }
}
