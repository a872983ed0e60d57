package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.actuate.ClusterTag;
import io.gossip.spring.actuate.GossipEventMeters;
import io.gossip.spring.actuate.GossipMeterBinder;
import io.gossip.spring.actuate.Reports;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.event.DispatchTimes;
import io.gossip.spring.event.GossipEventPublisher;
import io.gossip.spring.quarantine.Quarantine;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters {@code gossip.*}. */
@AutoConfiguration(
    after = {GossipAutoConfiguration.class, GossipLoadBalancerAutoConfiguration.class})
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(GossipNode.class)
public final class GossipMetricsAutoConfiguration {

  @Bean
  static ClusterTag gossipClusterTag(GossipProperties properties) {
    return new ClusterTag(properties.clusterName());
  }

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
  @ConditionalOnBean(GossipEventPublisher.class)
  MeterBinder gossipDispatchMeters(GossipEventPublisher publisher) {
    return registry -> {
      dispatch(registry, publisher.successes(), "success");
      dispatch(registry, publisher.failures(), "failure");
    };
  }

  private static void dispatch(MeterRegistry registry, DispatchTimes times, String outcome) {
    FunctionTimer.builder(
            "gossip.events.dispatch",
            times,
            DispatchTimes::count,
            DispatchTimes::nanos,
            TimeUnit.NANOSECONDS)
        .description("Time that the application's listeners take for an event")
        .tag("outcome", outcome)
        .register(registry);
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
