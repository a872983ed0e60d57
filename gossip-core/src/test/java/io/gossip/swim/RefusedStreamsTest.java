package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Effect;
import io.gossip.sim.Simulation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Streams that the other end closes as soon as they are open, as it does with certificates and keys
 * that it does not take: nobody storms it with attempts.
 */
class RefusedStreamsTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SECONDS = 300;

  /** When streams were asked for, by address. */
  private final Map<InetSocketAddress, List<Long>> attempts = new LinkedHashMap<>();

  @Test
  void aSeedIsAskedAtMostAboutOnceASecondAndLessAndLess() {
    InetSocketAddress place = Simulation.address(1);
    Stage stage =
        new Stage(
            SwimConfig.lan(),
            List.of(new Seed(place.getAddress().getHostAddress(), place.getPort())));
    refuseAll(stage);
    assertThat(attempts).containsOnlyKeys(place);
    attempts.values().forEach(RefusedStreamsTest::assertPatient);
    attempts.values().forEach(times -> assertThat(times).hasSizeBetween(10, 40));
  }

  @Test
  void membersAreWatchedInVainAtMostAboutOnceASecondAndLessAndLess() {
    Stage stage = Stage.watching(List.of());
    stage.members(3);
    refuseAll(stage);
    assertThat(attempts).hasSize(3);
    attempts.values().forEach(RefusedStreamsTest::assertPatient);
    attempts.values().forEach(times -> assertThat(times).hasSizeBetween(8, 20));
  }

  /** Not more in any ten seconds than one for each. */
  private static void assertPatient(List<Long> times) {
    for (int i = 10; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 10)).isGreaterThanOrEqualTo(10 * SECOND);
    }
    for (int i = 2; i < times.size(); i++) { // nor two at once, but for a first second attempt
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(SECOND / 2);
    }
  }

  private void refuseAll(Stage stage) {
    for (int i = 0; i < 10 * SECONDS; i++) {
      for (Effect effect : stage.effects()) {
        if (effect instanceof Effect.Resolved resolved) {
          stage.swim.resolved(stage.now(), resolved.seed(), List.of(Simulation.address(1)));
        } else if (effect instanceof Effect.Connected connected) {
          attempts.computeIfAbsent(connected.to(), to -> new ArrayList<>()).add(stage.now());
          stage.swim.connected(stage.now(), connected.stream());
          stage.swim.closed(stage.now(), connected.stream(), StreamEnd.CLOSED);
        }
      }
      stage.react();
      stage.passes(Duration.ofMillis(100));
    }
  }
}
