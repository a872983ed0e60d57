package io.gossip.spring.lifecycle;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where an instance's management endpoints are, under the keys that Spring Boot Admin reads. Says
 * nothing where that is the default place: on the application's port, below {@code /actuator}.
 */
final class ManagementMetadata {

  private static final String DEFAULT_PATH = "/actuator";

  /** Where a server listens that listens everywhere: no place to call it at. */
  private static final Pattern WILDCARD = Pattern.compile("\\[?(::ffff:)?[0.:]+]?");

  private ManagementMetadata() {}

  /**
   * The metadata.
   *
   * @param port of the management server; {@code null} while there is none of its own
   */
  static Map<String, String> of(Environment environment, @Nullable Integer port) {
    Map<String, String> metadata = new TreeMap<>();
    if (port != null) {
      metadata.put("management.port", port.toString());
      boolean secure = ServiceDefinition.isSecure(environment, "management.server.ssl.");
      if (secure) {
        metadata.put("management.scheme", "https");
      }
      String address = environment.getProperty("management.server.address", "").strip();
      if (!WILDCARD.matcher(address).matches()) {
        copy(environment, "management.server.address", metadata, "management.address");
      }
    }
    String path = parent(environment, port != null) + path(environment);
    if (!path.equals(DEFAULT_PATH)) {
      metadata.put("management.context-path", path.isEmpty() ? "/" : path);
    }
    copy(environment, "management.endpoints.web.path-mapping.health", metadata, "health.path");
    return metadata;
  }

  private static String parent(Environment environment, boolean ownServer) {
    if (ownServer) {
      return environment.getProperty("management.server.base-path", "");
    }
    String servlet = environment.getProperty("server.servlet.context-path", "");
    return servlet.isEmpty() ? environment.getProperty("spring.webflux.base-path", "") : servlet;
  }

  private static String path(Environment environment) {
    String path = environment.getProperty("management.endpoints.web.base-path", DEFAULT_PATH);
    return path.equals("/") ? "" : path;
  }

  private static void copy(
      Environment environment, String property, Map<String, String> metadata, String key) {
    String value = environment.getProperty(property);
    if (value != null && !value.isBlank()) {
      metadata.put(key, value);
    }
  }
}
