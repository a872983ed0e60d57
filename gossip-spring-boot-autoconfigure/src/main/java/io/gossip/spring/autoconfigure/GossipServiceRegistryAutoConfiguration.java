package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.registry.GossipAutoServiceRegistration;
import io.gossip.spring.registry.GossipRegistration;
import io.gossip.spring.registry.GossipServiceRegistry;
import io.gossip.spring.registry.NoAutoServiceRegistration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * The application's service in Spring Cloud's registry. The beans are fallbacks: beside another
 * registry on the class path the application starts and its registry endpoint shows the other.
 */
@AutoConfiguration(
    after = {GossipAutoConfiguration.class, AutoServiceRegistrationAutoConfiguration.class},
    before = ServiceRegistryAutoConfiguration.class)
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBean(GossipNode.class)
public final class GossipServiceRegistryAutoConfiguration {

  private static final String SWITCH = "spring.cloud.service-registry.auto-registration.enabled";

  @Bean
  @Fallback
  @ConditionalOnMissingBean
  GossipServiceRegistry gossipServiceRegistry(LocalService service) {
    return new GossipServiceRegistry(service);
  }

  @Bean
  @Fallback
  @ConditionalOnMissingBean
  GossipRegistration gossipRegistration(LocalService service) {
    return new GossipRegistration(service);
  }

  @Bean
  @Fallback
  @ConditionalOnMissingBean
  @ConditionalOnBooleanProperty(name = SWITCH, matchIfMissing = true)
  GossipAutoServiceRegistration gossipAutoServiceRegistration(
      GossipServiceRegistry registry,
      GossipRegistration registration,
      LocalService service,
      ApplicationEventPublisher publisher,
      ObjectProvider<RegistrationLifecycle<GossipRegistration>> lifecycles) {
    return new GossipAutoServiceRegistration(
        registry, registration, service, publisher, lifecycles.orderedStream().toList());
  }

  @Bean
  @ConditionalOnBooleanProperty(name = SWITCH, havingValue = false)
  NoAutoServiceRegistration gossipNoAutoServiceRegistration(
      GossipRegistration registration, ApplicationEventPublisher publisher) {
    return new NoAutoServiceRegistration(registration, publisher);
  }
}
