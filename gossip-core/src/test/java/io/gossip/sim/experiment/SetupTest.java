package io.gossip.sim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.swim.Rule;
import io.gossip.swim.SwimConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What experiments are told, and what they add up. */
class SetupTest {

  private static SwimConfig config(Setup setup) {
    return setup.change().apply(SwimConfig.lan().toBuilder()).build();
  }

  @Test
  void setupsDifferInTheRulesTheyGoBy() {
    assertThat(config(Setup.SWIM).rules()).isEmpty();
    assertThat(config(Setup.LIFEGUARD).rules())
        .containsExactly(Rule.LOCAL_HEALTH, Rule.NACK, Rule.CONFIRMATIONS, Rule.BUDDY);
    assertThat(config(Setup.OURS)).isEqualTo(SwimConfig.lan());
    assertThat(config(Setup.OURS_5).suspicionMultiplier()).isEqualTo(5);
  }

  @Test
  void eachRuleCanBeSwitchedOffByName() {
    List<Setup> each = Setup.named("each");
    assertThat(each).hasSize(Rule.values().length);
    assertThat(config(Setup.named("ours-no-deaf-hold").get(0)).rules())
        .hasSize(Rule.values().length - 1)
        .doesNotContain(Rule.DEAF_HOLD);
    assertThatThrownBy(() -> Setup.named("theirs")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void argumentsHaveDefaultsAndNoOthers() {
    List<String> options = List.of("seed 1", "setups ours");
    Arguments arguments = Objects.requireNonNull(Arguments.parse(options, "--seed", "7"));
    assertThat(arguments.number("seed")).isEqualTo(7);
    assertThat(arguments.text("setups")).isEqualTo("ours");
    assertThatThrownBy(() -> Arguments.parse(options, "--sed", "7"))
        .hasMessageContaining("--sed must be one of");
  }

  @Test
  void percentilesAreMeasuredValues() {
    Percentiles times = new Percentiles();
    for (int i = 100; i >= 1; i--) {
      times.add(i);
    }
    assertThat(times.at(50)).isEqualTo(50);
    assertThat(times.at(99)).isEqualTo(99);
    assertThat(times.at(99.9)).isEqualTo(100);
    assertThat(times.mean()).isEqualTo(50.5);
    assertThat(new Percentiles()).hasToString("–");
  }
}
