package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.discovery.GossipReactiveDiscoveryClient;
import io.gossip.spring.discovery.ServiceInstances;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryHealthIndicatorEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.health.DiscoveryClientHealthIndicatorProperties;
import org.springframework.cloud.client.discovery.health.reactive.ReactiveDiscoveryClientHealthIndicator;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The reactive discovery client. */
@AutoConfiguration(
    after = GossipAutoConfiguration.class,
    before = {
      SimpleReactiveDiscoveryClientAutoConfiguration.class,
      ReactiveCommonsClientAutoConfiguration.class
    })
@ConditionalOnClass(ReactiveDiscoveryClient.class)
@ConditionalOnBean(GossipNode.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnReactiveDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
@Import(ServiceInstancesConfiguration.class)
public final class GossipReactiveDiscoveryClientAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  GossipReactiveDiscoveryClient gossipReactiveDiscoveryClient(
      ServiceInstances instances, GossipProperties properties) {
    GossipProperties.Discovery discovery = properties.discovery();
    return new GossipReactiveDiscoveryClient(
        instances, discovery.includeSuspect(), discovery.order());
  }

  /** For applications that show their health. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ReactiveHealthIndicator.class)
  @ConditionalOnDiscoveryHealthIndicatorEnabled
  static class HealthConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "gossipReactiveDiscoveryClientHealthIndicator")
    ReactiveDiscoveryClientHealthIndicator gossipReactiveDiscoveryClientHealthIndicator(
        GossipReactiveDiscoveryClient client, DiscoveryClientHealthIndicatorProperties properties) {
      return new ReactiveDiscoveryClientHealthIndicator(client, properties);
    }
  }
}
