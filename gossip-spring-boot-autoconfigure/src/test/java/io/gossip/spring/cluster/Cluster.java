package io.gossip.spring.cluster;

import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications that find each other on loopback. The first is everybody's seed. */
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name = "test-" + UUID.randomUUID();
  private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

  /** Starts an application with a web server. */
  ConfigurableApplicationContext web(Class<?> configuration, String application, String... more) {
    return start(WebApplicationType.SERVLET, configuration, application, more);
  }

  /** Starts an application without one. */
  ConfigurableApplicationContext plain(Class<?> configuration, String application, String... more) {
    return start(WebApplicationType.NONE, configuration, application, more);
  }

  private ConfigurableApplicationContext start(
      WebApplicationType type, Class<?> configuration, String application, String... more) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", application);
    properties.put("spring.main.banner-mode", "off");
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("gossip.cluster-name", name);
    properties.put("gossip.profile", "local");
    properties.put("gossip.bind.host", "127.0.0.1");
    properties.put("gossip.bind.port", "0");
    properties.put("gossip.shutdown.drain-delay", "0s");
    properties.put(
        "spring.reactor.netty.shutdown-quiet-period", "0s"); // else 2 s for each web client
    properties.put("spring.cloud.loadbalancer.retry.enabled", "false");
    properties.put("logging.level.root", "warn");
    applications.stream()
        .filter(ConfigurableApplicationContext::isActive)
        .findFirst()
        .ifPresent(seed -> properties.put("gossip.seeds", "127.0.0.1:" + port(seed)));
    for (String property : more) {
      int equals = property.indexOf('=');
      properties.put(property.substring(0, equals), property.substring(equals + 1));
    }
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(configuration)
            .web(type)
            .registerShutdownHook(false)
            .run(
                properties.entrySet().stream()
                    .map(property -> "--" + property.getKey() + "=" + property.getValue())
                    .toArray(String[]::new));
    applications.add(context);
    return context;
  }

  /** Where an application's node listens. */
  static int port(ConfigurableApplicationContext context) {
    return report(context).bound().getPort();
  }

  static GossipNode node(ConfigurableApplicationContext context) {
    return context.getBean(GossipNode.class);
  }

  static NodeReport report(ConfigurableApplicationContext context) {
    return node(context).report().toCompletableFuture().join();
  }

  /** The ids of the instances that an application's discovery client shows. */
  static List<String> instances(ConfigurableApplicationContext context, String service) {
    return context.getBean(DiscoveryClient.class).getInstances(service).stream()
        .map(ServiceInstance::getInstanceId)
        .toList();
  }

  /** Waits until an application's discovery client shows so many instances. */
  static void awaitInstances(ConfigurableApplicationContext context, String service, int count) {
    await()
        .alias(count + " instances of " + service)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> instances(context, service).size() == count);
  }

  /** Waits until an application's node knows so many members, itself included. */
  static void awaitMembers(ConfigurableApplicationContext context, int count) {
    await()
        .alias(count + " members")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> node(context).members().members().size() == count);
  }

  @Override
  public void close() {
    Collections.reverse(applications);
    applications.forEach(ConfigurableApplicationContext::close);
  }
}
