package io.gossip.spring.discovery;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** The services of the node's view. Never blocks and never asks anybody. */
public final class GossipDiscoveryClient implements DiscoveryClient {

  private final ServiceInstances instances;
  private final boolean includeSuspect;
  private final int order;

  /**
   * Reads from these instances.
   *
   * @param includeSuspect whether instances under suspicion are shown
   * @param order place among other discovery clients
   */
  public GossipDiscoveryClient(ServiceInstances instances, boolean includeSuspect, int order) {
    this.instances = instances;
    this.includeSuspect = includeSuspect;
    this.order = order;
  }

  @Override
  public String description() {
    return "Gossip Discovery Client";
  }

  @Override
  public List<ServiceInstance> getInstances(String serviceId) {
    return includeSuspect ? instances.all(serviceId) : instances.unsuspected(serviceId);
  }

  @Override
  public List<String> getServices() {
    return instances.names();
  }

  @Override
  public int getOrder() {
    return order;
  }
}
