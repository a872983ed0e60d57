package io.gossip.spring.autoconfigure;

import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.discovery.ServiceInstances;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.GossipServices;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cluster's services as both discovery clients and the load balancer want them. */
@Configuration(proxyBeanMethods = false)
class ServiceInstancesConfiguration {

  @Bean
  ServiceInstances gossipServiceInstances(
      GossipServices services,
      ObjectProvider<FlapScores> scores,
      ObjectProvider<Quarantine> quarantine) {
    return new ServiceInstances(services, scores.getIfAvailable(), quarantine.getIfAvailable());
  }
}
