package io.gossip.spring.lifecycle;

import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.diagnostics.InvalidServiceIdException;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What is settled about the application's service before its web server runs. Null is "ask the web
 * server or the node".
 *
 * @param serviceId name of the service
 * @param instanceId name of this instance
 * @param host where to call it
 * @param port where to call it
 * @param scheme {@code http} or {@code https}
 * @param weight share of the calls
 * @param version of the application
 * @param region it runs in
 * @param ports further ports by name
 * @param metadata what the properties say
 * @param initialStatus status before readiness is known
 */
public record ServiceDefinition(
    String serviceId,
    String instanceId,
    @Nullable String host,
    @Nullable Integer port,
    String scheme,
    int weight,
    @Nullable String version,
    @Nullable String region,
    Map<String, Integer> ports,
    Map<String, String> metadata,
    ServiceStatus initialStatus) {

  private static final String GROUP = "gossip.instance.";
  private static final String LONGEST_ADDRESS = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";

  /**
   * Reads it from the properties.
   *
   * @param buildVersion version from the build information, if there is any
   * @throws InvalidGossipPropertyException if a property has a value that cannot be
   * @throws InvalidServiceIdException if the name of the service cannot be
   */
  public static ServiceDefinition of(
      GossipInstanceProperties properties,
      Environment environment,
      String nodeId,
      @Nullable String buildVersion) {
    String instanceId = properties.instanceId() == null ? nodeId : properties.instanceId();
    check(!instanceId.isBlank(), "instance-id", instanceId, "must not be blank");
    String host = properties.host();
    check(host == null || ServiceRecord.isHost(host), "host", host, "must be a host or an address");
    Integer port = properties.port();
    check(port == null || isPort(port), "port", port, "must be 1 to 65535");
    check(properties.weight() >= 0, "weight", properties.weight(), "must not be negative");
    Map<String, Integer> ports = new TreeMap<>(properties.ports());
    Integer grpc = environment.getProperty("spring.grpc.server.port", Integer.class);
    if (grpc != null && grpc > 0) {
      ports.putIfAbsent("grpc", grpc);
    }
    ports.forEach(
        (name, number) -> check(isPort(number), "ports." + name, number, "must be 1 to 65535"));
    ServiceDefinition definition =
        new ServiceDefinition(
            serviceId(properties, environment),
            instanceId,
            host,
            port,
            scheme(properties, environment),
            properties.weight(),
            properties.version() == null ? buildVersion : properties.version(),
            properties.region(),
            ports,
            properties.metadata(),
            properties.initialStatus());
    Map<String, String> automatic =
        properties.autoMetadata() ? ManagementMetadata.of(environment, 65_535) : Map.of();
    StateBudget.check(
        definition.record(LONGEST_ADDRESS, 65_535, ServiceStatus.OUT_OF_SERVICE, automatic));
    return definition;
  }

  private static String serviceId(GossipInstanceProperties properties, Environment environment) {
    String id = properties.serviceId();
    String property = GROUP + "service-id";
    if (id == null) {
      id = environment.getProperty("spring.application.name", "application");
      property = "spring.application.name";
    }
    if (!ServiceRecord.isServiceId(id)) {
      if (!properties.register()) {
        return "application"; // nobody will see it
      }
      throw new InvalidServiceIdException(id, property);
    }
    return id;
  }

  private static String scheme(GossipInstanceProperties properties, Environment environment) {
    String scheme = properties.scheme();
    if (scheme != null) {
      check(ServiceRecord.isScheme(scheme), "scheme", scheme, "must be http or https");
      return scheme;
    }
    Boolean secure = properties.secure();
    return (secure == null ? isSecure(environment, "server.ssl.") : secure) ? "https" : "http";
  }

  /** Whether a web server with these properties speaks TLS, as Spring Boot decides it. */
  static boolean isSecure(Environment environment, String prefix) {
    return environment.getProperty(prefix + "enabled", Boolean.class, true)
        && (environment.containsProperty(prefix + "bundle")
            || environment.containsProperty(prefix + "key-store")
            || environment.containsProperty(prefix + "certificate"));
  }

  /** The same instance with whatever {@code newer} says about it. */
  ServiceDefinition refreshed(ServiceDefinition newer) {
    return new ServiceDefinition(
        serviceId,
        instanceId,
        host,
        port,
        scheme,
        newer.weight,
        newer.version,
        newer.region,
        newer.ports,
        newer.metadata,
        initialStatus);
  }

  /** What to announce, given what the running application knows. */
  ServiceRecord record(
      String nodeHost, int webPort, ServiceStatus status, Map<String, String> known) {
    Map<String, String> all = new TreeMap<>(known);
    all.putAll(metadata);
    return new ServiceRecord(
        serviceId,
        instanceId,
        host == null ? nodeHost : host,
        port == null ? webPort : port,
        scheme,
        status,
        weight,
        version,
        region,
        ports,
        all);
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= 65_535;
  }

  private static void check(boolean holds, String name, @Nullable Object value, String rule) {
    if (!holds) {
      throw new InvalidGossipPropertyException(GROUP + name, String.valueOf(value), rule);
    }
  }
}
