package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.actuate.GossipEventMeters;
import io.gossip.spring.actuate.GossipMeterBinder;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.quarantine.Quarantine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters {@code gossip.*}. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(GossipNode.class)
public final class GossipMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  GossipMeterBinder gossipMeterBinder(GossipNode node, Reports reports) {
    return new GossipMeterBinder(node, reports);
  }

  @Bean
  @ConditionalOnMissingBean
  GossipEventMeters gossipEventMeters(GossipNode node, GossipProperties properties) {
    return new GossipEventMeters(node, properties.metrics().services());
  }

  @Bean
  @ConditionalOnBean(FlapScores.class)
  MeterBinder gossipFlapMeters(FlapScores scores) {
    return registry ->
        Gauge.builder("gossip.loadbalancer.damped", scores, all -> all.damped().size())
            .description("Members that come and go and are called last")
            .register(registry);
  }

  @Bean
  @ConditionalOnBean(Quarantine.class)
  MeterBinder gossipQuarantineMeters(Quarantine quarantine) {
    return registry ->
        Gauge.builder("gossip.loadbalancer.quarantined", quarantine, all -> all.current().size())
            .description("Members avoided because a call could not reach them")
            .register(registry);
  }
}
