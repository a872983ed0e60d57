package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

class UnknownPropertiesTest {

  private final MockEnvironment environment = new MockEnvironment();

  @ParameterizedTest
  @CsvSource({
    "gossip.seed, gossip.seeds",
    "gossip.cluster, gossip.cluster-name",
    "gossip.loadbalancer.damping.half-life, gossip.loadbalancer.flap-damping.half-life",
    "gossip.lb.suspect, gossip.loadbalancer.suspect",
    "gossip.swim.probe-intervall, gossip.swim.probe-interval",
    "gossip.probe-interval, gossip.swim.probe-interval",
    "gossip.instance.meta.tier, gossip.instance.metadata",
    "gossip.port, gossip.bind.port"
  })
  void aPropertyThatDoesNotExistIsNamedWithTheOneThatWasMeant(String wrong, String meant) {
    environment.setProperty(wrong, "1");
    assertThat(new UnknownProperties(environment).find())
        .singleElement()
        .asString()
        .contains("Property " + wrong + " ")
        .endsWith("did you mean " + meant + "?");
  }

  @Test
  void whatIsLikeNothingIsNamedWithoutAGuess() {
    environment.setProperty("gossip.entirely.something", "1");
    assertThat(new UnknownProperties(environment).find())
        .singleElement()
        .asString()
        .contains("gossip.entirely.something")
        .doesNotContain("did you mean");
  }

  @Test
  void whatExistsIsNotNamedInWhateverForm() {
    environment.setProperty("gossip.seeds[0]", "10.0.0.1");
    environment.setProperty("gossip.seeds[1]", "10.0.0.2");
    environment.setProperty("gossip.clusterName", "shop");
    environment.setProperty("gossip.swim.probe_interval", "1s");
    environment.setProperty("gossip.load-balancer.suspect", "include");
    environment.setProperty("gossip.instance.metadata.any.thing", "1");
    environment.setProperty("gossip.instance.ports.grpc", "9090");
    environment.setProperty("gossip.loadbalancer.flap-damping.half-life", "1m");
    environment.setProperty("gossiping.elsewhere", "1");
    assertThat(new UnknownProperties(environment).find()).isEmpty();
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void theStartGoesOnWithAWarning(CapturedOutput output) {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
        .withPropertyValues(
            "gossip.bind.host=127.0.0.1", "gossip.bind.port=0", "gossip.heath.min-members=2")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("Property gossip.heath.min-members")
                  .contains("did you mean gossip.health.min-members?");
            });
  }
}
