package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void everySeedIsPlayedOnce() {
    List<Long> played = new ArrayList<>();
    Seeds.each(3, played::add);
    Long only = Long.getLong("sim.seed");
    assertThat(played).isEqualTo(only == null ? List.of(1L, 2L, 3L) : List.of(only));
  }

  @Test
  void failureNamesItsSeedAndHowToReplayIt() {
    long failing = Long.getLong("sim.seed", 2);
    assertThatThrownBy(
            () ->
                Seeds.each(
                    3,
                    seed -> {
                      if (seed == failing) {
                        throw new IllegalStateException("broken");
                      }
                    }))
        .isInstanceOf(Violation.class)
        .hasMessage(
            "seed "
                + failing
                + ": broken\nreplay: mvn -pl gossip-core test"
                + " -Dtest=SeedsTest#failureNamesItsSeedAndHowToReplayIt -Dsim.seed="
                + failing);
  }
}
