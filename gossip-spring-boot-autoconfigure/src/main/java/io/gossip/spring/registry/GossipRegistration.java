package io.gossip.spring.registry;

import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.service.ServiceRecord;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.cloud.client.serviceregistry.Registration;

/**
 * This application's own instance. Its metadata can be added to until it is registered, as from a
 * listener of {@code InstancePreRegisteredEvent}.
 */
public final class GossipRegistration implements Registration {

  private final LocalService service;
  private final Map<String, String> metadata = new ConcurrentSkipListMap<>();

  /** What of the metadata came from the service, and not from others. */
  private Map<String, String> taken = Map.of();

  /** The instance as it stands. */
  public GossipRegistration(LocalService service) {
    this.service = service;
  }

  private ServiceRecord record() {
    return service.record();
  }

  @Override
  public String getInstanceId() {
    return record().instanceId();
  }

  @Override
  public String getServiceId() {
    return record().serviceId();
  }

  @Override
  public String getHost() {
    return record().uriHost();
  }

  @Override
  public int getPort() {
    return record().port();
  }

  @Override
  public boolean isSecure() {
    return record().scheme().equals("https");
  }

  @Override
  public String getScheme() {
    return record().scheme();
  }

  @Override
  public URI getUri() {
    return record().uri();
  }

  @Override
  public synchronized Map<String, String> getMetadata() {
    Map<String, String> now = record().metadata();
    taken.forEach(
        (key, value) -> {
          if (!now.containsKey(key)) {
            metadata.remove(key, value);
          }
        });
    now.forEach(
        (key, value) -> {
          String former = taken.get(key);
          if (former == null) {
            metadata.putIfAbsent(key, value);
          } else {
            metadata.replace(key, former, value);
          }
        });
    taken = now;
    return metadata;
  }
}
