package io.gossip.spring;

import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications that find each other on loopback. The first that runs is everybody's seed. */
public final class Cluster implements AutoCloseable {

  /** For what happens at once, unless the machine has other things to do. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String TOMCAT_BESIDE_NETTY =
      "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
          + "TomcatReactiveManagementContextAutoConfiguration";

  private final String name = "test-" + UUID.randomUUID();
  private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

  /** Starts an application with a web server. */
  public ConfigurableApplicationContext web(String application, String... more) {
    return start(WebApplicationType.SERVLET, Application.class, application, more);
  }

  /** Starts one that has something of its own besides. */
  public ConfigurableApplicationContext web(Class<?> own, String application, String... more) {
    return start(WebApplicationType.SERVLET, own, application, more);
  }

  /** Starts an application without a web server. */
  public ConfigurableApplicationContext plain(String application, String... more) {
    return start(WebApplicationType.NONE, Application.class, application, more);
  }

  /** Starts one that has something of its own besides. */
  public ConfigurableApplicationContext plain(Class<?> own, String application, String... more) {
    return start(WebApplicationType.NONE, own, application, more);
  }

  /** Starts an application with what its own class declares, or is. */
  public ConfigurableApplicationContext start(
      WebApplicationType type, Class<?> own, String application, String... more) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", application);
    properties.put("spring.main.banner-mode", "off");
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("management.server.address", "127.0.0.1");
    properties.put("gossip.cluster-name", name);
    properties.put("gossip.profile", "local");
    properties.put("gossip.swim.probe-interval", "5s"); // who is only slow is not suspected
    properties.put("gossip.swim.probe-timeout", "3s");
    properties.put("gossip.bind.host", "127.0.0.1");
    properties.put("gossip.bind.port", "0");
    properties.put("gossip.shutdown.drain-delay", "0s");
    properties.put("spring.reactor.netty.shutdown-quiet-period", "0s"); // else 2 s each
    properties.put("spring.cloud.loadbalancer.retry.enabled", "false");
    properties.put("logging.level.root", "warn");
    applications.stream()
        .filter(ConfigurableApplicationContext::isActive)
        .findFirst()
        .ifPresent(seed -> properties.put("gossip.seeds", "127.0.0.1:" + port(seed)));
    if (type == WebApplicationType.REACTIVE) { // these tests have two servers on their class path
      properties.put("spring.autoconfigure.exclude", TOMCAT_BESIDE_NETTY);
    }
    for (String property : more) {
      int equals = property.indexOf('=');
      properties.put(property.substring(0, equals), property.substring(equals + 1));
    }
    if (!properties.containsKey("management.server.port")) {
      properties.remove("management.server.address"); // only with a port of its own
    }
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class, own)
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
  public static int port(ConfigurableApplicationContext context) {
    return report(context).bound().getPort();
  }

  /** Where an application's web server listens. */
  public static int webPort(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Where something is on the port that an application's endpoints are on. */
  public static URI management(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getProperty("local.management.port");
    return URI.create("http://127.0.0.1:" + (port == null ? webPort(context) : port) + path);
  }

  public static GossipNode node(ConfigurableApplicationContext context) {
    return context.getBean(GossipNode.class);
  }

  public static NodeReport report(ConfigurableApplicationContext context) {
    return node(context).report().toCompletableFuture().join();
  }

  /** The ids of the instances that an application's discovery client shows. */
  public static List<String> instances(ConfigurableApplicationContext context, String service) {
    return context.getBean(DiscoveryClient.class).getInstances(service).stream()
        .map(ServiceInstance::getInstanceId)
        .toList();
  }

  /** Waits until an application's discovery client shows so many instances. */
  public static void awaitInstances(
      ConfigurableApplicationContext context, String service, int count) {
    await()
        .alias(count + " instances of " + service)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> instances(context, service).size() == count);
  }

  /** Waits until an application's node knows so many members, itself included. */
  public static void awaitMembers(ConfigurableApplicationContext context, int count) {
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

  /** One that has nothing of its own. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  public static class Application {}
}
