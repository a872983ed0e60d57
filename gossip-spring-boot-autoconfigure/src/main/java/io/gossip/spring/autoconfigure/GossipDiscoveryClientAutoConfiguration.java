package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.discovery.GossipDiscoveryClient;
import io.gossip.spring.discovery.HeartbeatPublisher;
import io.gossip.spring.discovery.ServiceInstances;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.actuator.HasFeatures;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The discovery client, and the heartbeat that tells when it shows something else. */
@AutoConfiguration(
    after = GossipAutoConfiguration.class,
    before = {SimpleDiscoveryClientAutoConfiguration.class, CommonsClientAutoConfiguration.class},
    beforeName =
        "de.codecentric.boot.admin.server.cloud.config.AdminServerDiscoveryAutoConfiguration")
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnBean(GossipNode.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
@Import(ServiceInstancesConfiguration.class)
public final class GossipDiscoveryClientAutoConfiguration {

  /** The client of blocking callers, which has a switch of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBlockingDiscoveryEnabled
  static class BlockingConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GossipDiscoveryClient gossipDiscoveryClient(
        ServiceInstances instances, GossipProperties properties) {
      GossipProperties.Discovery discovery = properties.discovery();
      return new GossipDiscoveryClient(instances, discovery.includeSuspect(), discovery.order());
    }

    @Bean
    HasFeatures gossipFeatures() {
      return HasFeatures.namedFeature("Gossip Discovery", GossipDiscoveryClient.class);
    }
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "gossip.discovery.heartbeat.enabled", matchIfMissing = true)
  HeartbeatPublisher gossipHeartbeatPublisher(
      GossipNode node,
      ServiceInstances instances,
      ApplicationContext context,
      GossipProperties properties) {
    GossipProperties.Discovery discovery = properties.discovery();
    GossipDiscoveryClient shown =
        new GossipDiscoveryClient(instances, discovery.includeSuspect(), discovery.order());
    GossipProperties.Heartbeat heartbeat = discovery.heartbeat();
    PropertyRules.notNegative("gossip.discovery.heartbeat.debounce", heartbeat.debounce());
    PropertyRules.notNegative("gossip.discovery.heartbeat.max-delay", heartbeat.maxDelay());
    return new HeartbeatPublisher(node, shown, context, heartbeat.debounce(), heartbeat.maxDelay());
  }
}
