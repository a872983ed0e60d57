package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.actuate.GossipEndpoint;
import io.gossip.spring.actuate.GossipEventsEndpoint;
import io.gossip.spring.actuate.GossipKeysEndpoint;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.history.EventHistory;
import io.gossip.spring.keys.GossipKeys;
import io.gossip.spring.keys.OwnCertificate;
import io.gossip.spring.lifecycle.GossipLeaveLifecycle;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.service.GossipServices;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@code /actuator/gossip}, {@code /actuator/gossipevents} and {@code /actuator/gossipkeys}. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(GossipNode.class)
public final class GossipEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  GossipEndpoint gossipEndpoint(
      GossipNode node,
      Reports reports,
      LocalService service,
      GossipLeaveLifecycle leaving,
      GossipServices services,
      ObjectProvider<FlapScores> scores,
      ObjectProvider<Quarantine> quarantine,
      ObjectProvider<OwnCertificate> certificate) {
    return new GossipEndpoint(
        node,
        reports,
        service,
        leaving,
        services,
        scores.getIfAvailable(),
        quarantine.getIfAvailable(),
        certificate.getIfAvailable());
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  @ConditionalOnBean(EventHistory.class)
  GossipEventsEndpoint gossipEventsEndpoint(EventHistory history) {
    return new GossipEventsEndpoint(history);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  @ConditionalOnBean(GossipKeys.class)
  GossipKeysEndpoint gossipKeysEndpoint(GossipNode node, GossipKeys keys) {
    return new GossipKeysEndpoint(node, keys);
  }

  /** Keys are shown to nobody, whatever is shown of other properties. */
  @Bean
  SanitizingFunction gossipKeySanitizer() {
    // Also as an environment variable: GOSSIP_ENCRYPTION_KEYS_0
    return SanitizingFunction.sanitizeValue()
        .ifMatches(
            data -> data.getLowerCaseKey().replace('_', '.').contains("gossip.encryption.keys"));
  }
}
