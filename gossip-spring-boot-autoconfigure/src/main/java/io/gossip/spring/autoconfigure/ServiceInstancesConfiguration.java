package io.gossip.spring.autoconfigure;

import io.gossip.spring.discovery.ServiceInstances;
import io.gossip.spring.service.GossipServices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cluster's services as both discovery clients and the load balancer want them. */
@Configuration(proxyBeanMethods = false)
class ServiceInstancesConfiguration {

  @Bean
  ServiceInstances gossipServiceInstances(GossipServices services) {
    return new ServiceInstances(services);
  }
}
