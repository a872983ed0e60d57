package io.gossip.spring.loadbalancer;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** No instance, for applications that have no other discovery client to ask. */
record NowhereSupplier(String serviceId) implements ServiceInstanceListSupplier {

  @Override
  public String getServiceId() {
    return serviceId;
  }

  @Override
  public Flux<List<ServiceInstance>> get() {
    return Flux.just(List.of());
  }
}
