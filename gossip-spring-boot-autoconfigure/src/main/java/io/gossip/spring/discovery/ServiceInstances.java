package io.gossip.spring.discovery;

import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.GossipServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The cluster's services as Spring Cloud wants them. Made once for each change of a service, not
 * for each call; a call costs a look-up, and is never behind the node's view.
 */
public final class ServiceInstances {

  /** What was made of one list; good as long as the directory holds that very list. */
  private record Made(
      List<GossipInstance> from, List<ServiceInstance> all, List<ServiceInstance> unsuspected) {}

  private final GossipServices services;
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  /** Reads from these services. */
  public ServiceInstances(GossipServices services) {
    this.services = services;
  }

  /** All instances of a service that can be called, ordered by instance id. */
  public List<ServiceInstance> all(String serviceId) {
    return of(serviceId).all;
  }

  /** Those of {@link #all} whose member is not under suspicion. */
  public List<ServiceInstance> unsuspected(String serviceId) {
    return of(serviceId).unsuspected;
  }

  /** Those of {@link #unsuspected}, or, if there is none, {@link #all}. */
  public List<ServiceInstance> preferred(String serviceId) {
    Made lists = of(serviceId);
    return lists.unsuspected.isEmpty() ? lists.all : lists.unsuspected;
  }

  /** Names of the services that have an instance, ordered. */
  public List<String> names() {
    return List.copyOf(services.names());
  }

  private Made of(String serviceId) {
    List<GossipInstance> now = services.instances(serviceId);
    Made former = made.get(serviceId);
    if (former != null && former.from == now) {
      return former;
    }
    Made latest = make(now);
    if (now.isEmpty()) {
      made.remove(serviceId); // anybody may ask for any name
    } else {
      made.put(serviceId, latest);
    }
    return latest;
  }

  private static Made make(List<GossipInstance> from) {
    List<ServiceInstance> all = new ArrayList<>(from.size());
    List<ServiceInstance> unsuspected = new ArrayList<>(from.size());
    for (GossipInstance instance : from) {
      ServiceInstance made = new GossipServiceInstance(instance);
      all.add(made);
      if (!instance.isSuspect()) {
        unsuspected.add(made);
      }
    }
    return new Made(from, List.copyOf(all), List.copyOf(unsuspected));
  }
}
