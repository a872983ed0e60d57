package io.gossip.spring.without;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.spring.discovery.GossipDiscoveryClient;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

class WithoutActuatorTest {

  @Test
  void theApplicationIsAMemberAndFindsServices() {
    assertThat(ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", null)).isFalse();
    assertThat(ClassUtils.isPresent("org.springframework.boot.health.contributor.Health", null))
        .isFalse();
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .registerShutdownHook(false)
            .properties(
                "spring.application.name=stock",
                "spring.main.banner-mode=off",
                "server.port=0",
                "gossip.cluster-name=test-" + UUID.randomUUID(),
                "gossip.bind.host=127.0.0.1",
                "gossip.bind.port=0",
                "logging.level.root=warn")
            .run()) {
      assertThat(context.getBean(GossipNode.class).isRunning()).isTrue();
      GossipDiscoveryClient client = context.getBean(GossipDiscoveryClient.class);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(client.getInstances("stock")).hasSize(1));
      assertThat(context.getBean(DiscoveryClient.class).getServices()).contains("stock");
      assertThat(context.containsBean("gossipHealthIndicator")).isFalse();
      assertThat(context.containsBean("gossipEndpoint")).isFalse();
      assertThat(context.containsBean("gossipMeterBinder")).isFalse();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
