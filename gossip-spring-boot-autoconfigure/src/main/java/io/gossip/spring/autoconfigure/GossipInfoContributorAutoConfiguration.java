package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.actuate.GossipInfoContributor;
import io.gossip.spring.actuate.Reports;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Info {@code gossip}, where {@code management.info.gossip.enabled} asks for it. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBean(GossipNode.class)
@ConditionalOnEnabledInfoContributor(value = "gossip", fallback = InfoContributorFallback.DISABLE)
public final class GossipInfoContributorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  GossipInfoContributor gossipInfoContributor(GossipNode node, Reports reports) {
    return new GossipInfoContributor(node, reports);
  }
}
