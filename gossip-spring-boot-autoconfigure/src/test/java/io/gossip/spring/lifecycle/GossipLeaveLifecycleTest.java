package io.gossip.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class GossipLeaveLifecycleTest {

  @ParameterizedTest
  @CsvSource({"0,0", "1,200", "2,400", "3,400", "4,600", "63,1200", "64,1400", "20000,3000"})
  void newsNeedsARoundForEachDoubling(int others, long millis) {
    assertThat(GossipLeaveLifecycle.spread(others, Duration.ofMillis(200)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void theDelayHasAFloorAndACeiling() {
    assertThat(GossipLeaveLifecycle.spread(1, Duration.ofMillis(20))).hasMillis(200);
    assertThat(GossipLeaveLifecycle.spread(5000, Duration.ofSeconds(1))).hasSeconds(5);
  }

  @Test
  void itStopsBeforeTheWebServerDrains() {
    assertThat(GossipLeaveLifecycle.PHASE)
        .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    assertThat(GossipLifecycle.PHASE)
        .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
  }
}
