package io.gossip.spring.dashboard;

import io.gossip.GossipNode;
import java.net.URI;
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
import org.springframework.context.ConfigurableApplicationContext;

/** Applications that find each other on loopback. The first is everybody's seed. */
final class Applications implements AutoCloseable {

  /** What it takes to have the dashboard. */
  static final String[] DASHBOARD = {
    "gossip.dashboard.enabled=true", "management.endpoints.web.exposure.include=gossip"
  };

  private static final String TOMCAT_BESIDE_NETTY =
      "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
          + "TomcatReactiveManagementContextAutoConfiguration";

  private final String cluster = "test-" + UUID.randomUUID();
  private final List<ConfigurableApplicationContext> started = new ArrayList<>();

  ConfigurableApplicationContext start(WebApplicationType type, String name, String... more) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", name);
    properties.put("spring.main.banner-mode", "off");
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("management.server.address", "127.0.0.1");
    properties.put("gossip.cluster-name", cluster);
    properties.put("gossip.profile", "local");
    properties.put("gossip.bind.host", "127.0.0.1");
    properties.put("gossip.bind.port", "0");
    properties.put("gossip.shutdown.drain-delay", "0s");
    properties.put("spring.reactor.netty.shutdown-quiet-period", "0s"); // else 2 s each
    properties.put("logging.level.root", "warn");
    if (!started.isEmpty()) {
      int seed = node(started.get(0)).report().toCompletableFuture().join().bound().getPort();
      properties.put("gossip.seeds", "127.0.0.1:" + seed);
    }
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
        new SpringApplicationBuilder(Application.class)
            .web(type)
            .registerShutdownHook(false)
            .run(
                properties.entrySet().stream()
                    .map(property -> "--" + property.getKey() + "=" + property.getValue())
                    .toArray(String[]::new));
    started.add(context);
    return context;
  }

  static GossipNode node(ConfigurableApplicationContext context) {
    return context.getBean(GossipNode.class);
  }

  /** Where something is on the port that the management endpoints are on. */
  static URI management(ConfigurableApplicationContext context, String path) {
    String port = context.getEnvironment().getProperty("local.management.port");
    if (port == null) {
      port = context.getEnvironment().getProperty("local.server.port");
    }
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    Collections.reverse(started);
    started.forEach(ConfigurableApplicationContext::close);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
