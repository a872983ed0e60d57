package io.gossip.spring.without;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.spring.event.GossipClusterJoinedEvent;
import io.gossip.spring.event.MemberJoinedEvent;
import io.gossip.spring.event.ServiceInstancesChangedEvent;
import io.gossip.spring.service.GossipServices;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;

class WithoutSpringCloudTest {

  private final String cluster = "test-" + UUID.randomUUID();

  @Test
  void applicationsFindEachOtherAndSayHowTheyAre() {
    assertThat(ClassUtils.isPresent("org.springframework.cloud.client.ServiceInstance", null))
        .isFalse();
    try (ConfigurableApplicationContext first = start(WebApplicationType.SERVLET, "stock");
        ConfigurableApplicationContext second =
            start(WebApplicationType.NONE, "watch", "gossip.seeds=127.0.0.1:" + port(first))) {
      Listener listener = second.getBean(Listener.class);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !listener.services.isEmpty() && listener.events.size() == 2);
      assertThat(listener.events.get(0)).isInstanceOf(MemberJoinedEvent.class);
      assertThat(listener.events.get(1)).isInstanceOf(GossipClusterJoinedEvent.class);
      assertThat(listener.services.get(0).added())
          .extracting(instance -> instance.service().serviceId())
          .containsExactly("stock");
      assertThat(second.getBean(GossipServices.class).instances("stock")).hasSize(1);
      HealthIndicator health = second.getBean("gossipHealthIndicator", HealthIndicator.class);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.UP));
      MeterRegistry meters = first.getBean(MeterRegistry.class);
      assertThat(meters.get("gossip.members").tag("state", "alive").gauge().value()).isEqualTo(2);
      assertThat(first.containsBean("gossipEndpoint")).isTrue();
    }
  }

  private ConfigurableApplicationContext start(
      WebApplicationType type, String name, String... more) {
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(Application.class)
            .web(type)
            .registerShutdownHook(false)
            .properties(
                "spring.application.name=" + name,
                "spring.main.banner-mode=off",
                "server.port=0",
                "management.endpoints.web.exposure.include=gossip",
                "management.simple.metrics.export.enabled=true",
                "gossip.cluster-name=" + cluster,
                "gossip.profile=local",
                "gossip.bind.host=127.0.0.1",
                "gossip.bind.port=0",
                "gossip.shutdown.drain-delay=0s",
                "logging.level.root=warn")
            .properties(more);
    return builder.run();
  }

  private static int port(ConfigurableApplicationContext context) {
    return context
        .getBean(GossipNode.class)
        .report()
        .toCompletableFuture()
        .join()
        .bound()
        .getPort();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Listener listener() {
      return new Listener();
    }
  }

  static class Listener {

    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final List<ServiceInstancesChangedEvent> services = new CopyOnWriteArrayList<>();

    @EventListener
    void joined(MemberJoinedEvent event) {
      events.add(event);
    }

    @EventListener
    void connected(GossipClusterJoinedEvent event) {
      events.add(event);
    }

    @EventListener
    void changed(ServiceInstancesChangedEvent event) {
      services.add(event);
    }
  }
}
