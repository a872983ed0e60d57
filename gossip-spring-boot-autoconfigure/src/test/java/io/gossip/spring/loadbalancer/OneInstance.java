package io.gossip.spring.loadbalancer;

import java.util.List;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/** A user's own list, with an instance called own. */
record OneInstance(String service) implements ServiceInstanceListSupplier {

  @Override
  public String getServiceId() {
    return service;
  }

  @Override
  public Flux<List<ServiceInstance>> get() {
    return Flux.just(List.of(new DefaultServiceInstance("own", service, "10.0.0.8", 80, false)));
  }
}
