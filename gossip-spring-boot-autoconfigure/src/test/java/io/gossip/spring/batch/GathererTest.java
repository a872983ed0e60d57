package io.gossip.spring.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GathererTest {

  private final AtomicInteger deeds = new AtomicInteger();
  private final Gatherer gatherer =
      new Gatherer(
          "test-gatherer", Duration.ofMillis(100), Duration.ofSeconds(60), deeds::incrementAndGet);

  @AfterEach
  void close() {
    gatherer.close();
  }

  @Test
  void manyCausesAreOneDeedAndTheNextCauseIsAnother() {
    for (int i = 0; i < 1000; i++) {
      gatherer.touch();
    }
    await().until(() -> deeds.get() > 0);
    int first = deeds.get();
    assertThat(first).isLessThan(10); // one, unless this machine is very busy
    gatherer.touch();
    await().until(() -> deeds.get() > first);
  }

  @Test
  void causesThatNeverEndDoNotPutTheDeedOffForEver() {
    try (Gatherer pressed =
        new Gatherer(
            "test-pressed", Duration.ofMillis(20), Duration.ofMillis(60), deeds::incrementAndGet)) {
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                pressed.touch();
                return deeds.get() > 0;
              });
    }
  }

  @Test
  void whatWaitsWhenItIsClosedIsDropped() {
    gatherer.touch();
    gatherer.close();
    int done = deeds.get(); // none, unless this machine is very busy
    gatherer.touch();
    await().during(Duration.ofMillis(250)).until(() -> deeds.get() == done);
  }

  @Test
  void theDeedItselfMayCloseWithoutBeingInterrupted() {
    AtomicReference<Gatherer> self = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Gatherer closing =
        new Gatherer(
            "test-closing",
            Duration.ZERO,
            Duration.ZERO,
            () -> {
              Objects.requireNonNull(self.get()).close();
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    self.set(closing);
    closing.touch();
    await().untilAsserted(() -> assertThat(interrupted).hasValue(false));
  }
}
