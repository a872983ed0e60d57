package io.gossip.spring.autoconfigure;

import io.gossip.GossipNode;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.actuate.HealthGroupPoller;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.lifecycle.LocalService;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.annotation.Bean;

/** Lets a health group decide whether the service is called, where the properties name one. */
@AutoConfiguration(
    after = GossipAutoConfiguration.class,
    afterName =
        "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnClass(HealthEndpoint.class)
@ConditionalOnBean({GossipNode.class, HealthEndpoint.class})
@ConditionalOnProperty("gossip.status.health-group")
public final class GossipStatusAutoConfiguration {

  @Bean
  HealthGroupPoller gossipHealthGroupPoller(
      HealthEndpoint endpoint, LocalService service, GossipProperties properties) {
    GossipProperties.Status status = properties.status();
    if (status.healthInterval().isNegative() || status.healthInterval().isZero()) {
      throw new InvalidGossipPropertyException(
          "gossip.status.health-interval", status.healthInterval(), "must be longer than 0");
    }
    return new HealthGroupPoller(
        endpoint, service, Objects.requireNonNull(status.healthGroup()), status.healthInterval());
  }
}
