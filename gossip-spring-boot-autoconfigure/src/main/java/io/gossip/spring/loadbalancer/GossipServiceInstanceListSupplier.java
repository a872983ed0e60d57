package io.gossip.spring.loadbalancer;

import io.gossip.spring.discovery.GossipServiceInstance;
import io.gossip.spring.discovery.ServiceInstances;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * The instances of one service as of the moment of the call: what has been removed from the view is
 * never picked again, and what is suspected or comes and goes is picked last. Services that the
 * cluster does not have are looked for elsewhere.
 */
public final class GossipServiceInstanceListSupplier extends DelegatingServiceInstanceListSupplier {

  private final ServiceInstances instances;
  private final boolean avoidSuspects;

  /**
   * The instances of the delegate's service.
   *
   * @param elsewhere where to look for a service that the cluster does not have
   * @param avoidSuspects whether instances under suspicion are the last resort
   */
  public GossipServiceInstanceListSupplier(
      ServiceInstanceListSupplier elsewhere, ServiceInstances instances, boolean avoidSuspects) {
    super(elsewhere);
    this.instances = instances;
    this.avoidSuspects = avoidSuspects;
  }

  @Override
  public Flux<List<ServiceInstance>> get() {
    return Flux.defer(
        () -> {
          String id = getServiceId();
          List<ServiceInstance> now = instances.preferred(id, avoidSuspects);
          return now.isEmpty() ? delegate.get().map(this::foreign) : Flux.just(now);
        });
  }

  /** Without instances of ours, which a cache may have kept beyond their end. */
  private List<ServiceInstance> foreign(List<ServiceInstance> found) {
    return found.stream().filter(each -> !(each instanceof GossipServiceInstance)).toList();
  }
}
