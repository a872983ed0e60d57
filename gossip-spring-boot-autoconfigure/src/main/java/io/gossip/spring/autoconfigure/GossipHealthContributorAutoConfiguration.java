package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.actuate.GossipHealthIndicator;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.keys.OwnCertificate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health {@code gossip}. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(GossipNode.class)
@ConditionalOnEnabledHealthIndicator("gossip")
public final class GossipHealthContributorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = {"gossipHealthIndicator", "gossipHealthContributor"})
  GossipHealthIndicator gossipHealthIndicator(
      GossipNode node,
      Reports reports,
      GossipProperties properties,
      ObjectProvider<OwnCertificate> certificate) {
    return new GossipHealthIndicator(
        node, reports, properties.health(), certificate.getIfAvailable());
  }
}
