package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FlapDampingPropertiesTest {

  private static final String PREFIX = "gossip.loadbalancer.flap-damping.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
          .withPropertyValues(
              "gossip.cluster-name=test-" + UUID.randomUUID(),
              "gossip.bind.host=127.0.0.1",
              "gossip.bind.port=0",
              "gossip.shutdown.drain-delay=0s");

  @Test
  void itIsOnUnlessItIsSwitchedOff() {
    runner.run(context -> assertThat(context).hasSingleBean(FlapScores.class));
    runner
        .withPropertyValues(PREFIX + "enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FlapScores.class));
  }

  @ParameterizedTest
  @CsvSource({
    "half-life, 0s, must be longer than 0",
    "half-life, -1s, must be longer than 0",
    "reuse, 0, must be 1 to 1000000",
    "suppress, 750, must exceed gossip.loadbalancer.flap-damping.reuse",
    "max-suppress, 7m, must be longer than the PT7M4.511S in which a score falls",
    "max-suppress, 3650d, must be at most 100 times gossip.loadbalancer.flap-damping.half-life"
  })
  void whatCannotBeIsNamedWithItsRule(String property, String value, String rule) {
    runner
        .withPropertyValues(PREFIX + property + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOfSatisfying(
                        InvalidGossipPropertyException.class,
                        problem -> {
                          assertThat(problem.property()).isEqualTo(PREFIX + property);
                          assertThat(problem.rule()).startsWith(rule);
                        }));
  }
}
