package io.gossip.spring.discovery;

import io.gossip.membership.NodeId;
import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.ServiceRecord;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance of a service that a member offers. Immutable. Equal to another of the same service
 * and instance id, so that load balancers recognise the one they picked before.
 */
public final class GossipServiceInstance implements ServiceInstance {

  private final GossipInstance instance;
  private final URI uri;
  private final Map<String, String> metadata;

  /** An instance as it stands. */
  public GossipServiceInstance(GossipInstance instance) {
    this.instance = instance;
    this.uri = instance.service().uri();
    this.metadata = Collections.unmodifiableMap(metadata(instance));
  }

  /** An instance's metadata, with what other libraries look for there by its usual name. */
  public static Map<String, String> metadata(GossipInstance instance) {
    ServiceRecord service = instance.service();
    Map<String, String> metadata = new TreeMap<>(service.metadata());
    put(metadata, "zone", instance.zone());
    put(metadata, "region", service.region());
    put(metadata, "version", service.version());
    if (service.weight() != 1) {
      metadata.put("weight", Integer.toString(service.weight()));
    }
    service
        .ports()
        .forEach(
            (name, port) -> {
              metadata.put("port." + name, port.toString());
              if (name.equals("grpc")) {
                metadata.putIfAbsent("gRPC_port", port.toString());
              }
            });
    metadata.putIfAbsent("weight", "1");
    return metadata;
  }

  private static void put(Map<String, String> metadata, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      metadata.put(key, value);
    }
  }

  /** The service and the member that offers it. */
  public GossipInstance instance() {
    return instance;
  }

  NodeId memberId() {
    return instance.member().id();
  }

  @Override
  public String getInstanceId() {
    return instance.service().instanceId();
  }

  @Override
  public String getServiceId() {
    return instance.service().serviceId();
  }

  @Override
  public String getHost() {
    return instance.service().uriHost();
  }

  @Override
  public int getPort() {
    return instance.service().port();
  }

  @Override
  public boolean isSecure() {
    return instance.service().scheme().equals("https");
  }

  @Override
  public String getScheme() {
    return instance.service().scheme();
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public Map<String, String> getMetadata() {
    return metadata;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GossipServiceInstance that
        && getInstanceId().equals(that.getInstanceId())
        && getServiceId().equals(that.getServiceId());
  }

  @Override
  public int hashCode() {
    return getInstanceId().hashCode();
  }

  @Override
  public String toString() {
    return getServiceId() + "/" + getInstanceId() + " at " + uri;
  }
}
