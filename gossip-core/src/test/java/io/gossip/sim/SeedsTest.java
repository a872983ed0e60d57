package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private static final @Nullable Long ONLY = Long.getLong("sim.seed");
  private static final long FIRST = ONLY == null ? Long.getLong("sim.start", 1) : ONLY;

  @Test
  void everySeedIsPlayedOnce() {
    List<Long> played = new ArrayList<>();
    Seeds.each(3 * Integer.getInteger("sim.share", 1), played::add);
    assertThat(played)
        .isEqualTo(ONLY == null ? List.of(FIRST, FIRST + 1, FIRST + 2) : List.of(FIRST));
  }

  @Test
  void failureNamesItsSeedAndHowToReplayIt() {
    assertThatThrownBy(
            () ->
                Seeds.each(
                    3,
                    seed -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(Violation.class)
        .hasMessage(
            "seed "
                + FIRST
                + ": broken\nreplay: mvn -pl gossip-core test"
                + " -Dtest=SeedsTest#failureNamesItsSeedAndHowToReplayIt -Dsim.seed="
                + FIRST);
  }
}
