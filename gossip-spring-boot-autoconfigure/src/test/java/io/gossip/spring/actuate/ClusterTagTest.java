package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ClusterTagTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void metersOfOursNameTheirClusterAndOthersDoNot() {
    registry.config().meterFilter(new ClusterTag("shop"));
    assertThat(registry.counter("gossip.deaths", "kind", "x").getId().getTags())
        .containsExactly(Tag.of("cluster", "shop"), Tag.of("kind", "x"));
    assertThat(registry.counter("jvm.threads").getId().getTags()).isEmpty();
    assertThat(registry.counter("gossips").getId().getTags()).isEmpty();
  }

  @Test
  void aCommonTagOfTheApplicationStays() {
    registry.config().commonTags("cluster", "eu-1").meterFilter(new ClusterTag("shop"));
    assertThat(registry.counter("gossip.deaths").getId().getTag("cluster")).isEqualTo("eu-1");
  }
}
