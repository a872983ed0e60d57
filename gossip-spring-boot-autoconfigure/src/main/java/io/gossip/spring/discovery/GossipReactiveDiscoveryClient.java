package io.gossip.spring.discovery;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;

/**
 * The services of the node's view, read at each subscription: some callers keep the publisher and
 * subscribe for as long as they live.
 */
public final class GossipReactiveDiscoveryClient implements ReactiveDiscoveryClient {

  private final ServiceInstances instances;
  private final boolean includeSuspect;
  private final int order;

  /**
   * Reads from these instances.
   *
   * @param includeSuspect whether instances under suspicion are shown
   * @param order place among other discovery clients
   */
  public GossipReactiveDiscoveryClient(
      ServiceInstances instances, boolean includeSuspect, int order) {
    this.instances = instances;
    this.includeSuspect = includeSuspect;
    this.order = order;
  }

  @Override
  public String description() {
    return "Gossip Reactive Discovery Client";
  }

  @Override
  public Flux<ServiceInstance> getInstances(String serviceId) {
    return Flux.defer(
        () ->
            Flux.fromIterable(
                includeSuspect ? instances.all(serviceId) : instances.unsuspected(serviceId)));
  }

  @Override
  public Flux<String> getServices() {
    return Flux.defer(() -> Flux.fromIterable(instances.names()));
  }

  @Override
  public int getOrder() {
    return order;
  }
}
