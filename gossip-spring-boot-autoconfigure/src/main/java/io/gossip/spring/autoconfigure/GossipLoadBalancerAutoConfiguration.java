package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.loadbalancer.CacheBypass;
import io.gossip.spring.loadbalancer.CallFeedback;
import io.gossip.spring.loadbalancer.GossipLoadBalancerClientConfiguration;
import io.gossip.spring.quarantine.AnswerTimes;
import io.gossip.spring.quarantine.Quarantine;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientConfigurationRegistrar;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerZoneConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Lets the load balancer pick from the live view. */
@AutoConfiguration(
    after = GossipAutoConfiguration.class,
    before = LoadBalancerAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerClientConfigurationRegistrar.class)
@ConditionalOnBean(GossipNode.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.loadbalancer.enabled", matchIfMissing = true)
@Import(ServiceInstancesConfiguration.class)
@LoadBalancerClients(defaultConfiguration = GossipLoadBalancerClientConfiguration.class)
public final class GossipLoadBalancerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("gossip.instance.zone")
  LoadBalancerZoneConfig gossipLoadBalancerZoneConfig(GossipInstanceProperties instance) {
    return new LoadBalancerZoneConfig(instance.zone());
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "gossip.loadbalancer.bypass-cache", matchIfMissing = true)
  static CacheBypass gossipCacheBypass() {
    return new CacheBypass();
  }

  /** What calls say of the instances they were for. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(
      name = "gossip.loadbalancer.feedback.enabled",
      matchIfMissing = true)
  static class FeedbackConfiguration {

    @Bean
    Quarantine gossipQuarantine(GossipProperties properties) {
      Duration time = properties.loadbalancer().feedback().quarantine();
      PropertyRules.positive("gossip.loadbalancer.feedback.quarantine", time);
      return new Quarantine(time);
    }

    @Bean
    CallFeedback gossipCallFeedback(
        GossipNode node, Quarantine quarantine, GossipProperties properties) {
      Duration patience = properties.loadbalancer().feedback().patience();
      PropertyRules.notNegative("gossip.loadbalancer.feedback.patience", patience);
      return new CallFeedback(
          node, quarantine, patience.isZero() ? null : new AnswerTimes(patience));
    }
  }
}
