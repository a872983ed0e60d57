package io.gossip.spring.loadbalancer;

import io.gossip.spring.GossipProperties;
import io.gossip.spring.discovery.ServiceInstances;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplierBuilder;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The default list of instances in the load balancer's context of each service: the live view, with
 * the decoration that the properties ask for. A list of the user's own wins.
 */
public final class GossipLoadBalancerClientConfiguration {

  @Bean
  @Fallback
  @ConditionalOnMissingBean
  @Conditional(OnKnownDecoration.class)
  ServiceInstanceListSupplier gossipServiceInstanceListSupplier(
      ConfigurableApplicationContext context,
      ServiceInstances instances,
      GossipProperties properties) {
    boolean reactive = isReactive(context);
    UnaryOperator<ServiceInstanceListSupplierBuilder> decoration =
        Objects.requireNonNull(Decorations.of(context.getEnvironment(), reactive));
    boolean avoid = properties.loadbalancer().suspect() == GossipProperties.Suspect.AVOID;
    ServiceInstanceListSupplier live =
        new GossipServiceInstanceListSupplier(elsewhere(context, reactive), instances, avoid);
    return decoration.apply(ServiceInstanceListSupplier.builder().withBase(live)).build(context);
  }

  private static boolean isReactive(ConfigurableApplicationContext context) {
    return context.getBeanProvider(ReactiveDiscoveryClient.class).getIfAvailable() != null;
  }

  private static ServiceInstanceListSupplier elsewhere(
      ConfigurableApplicationContext context, boolean reactive) {
    if (reactive) {
      return ServiceInstanceListSupplier.builder()
          .withDiscoveryClient()
          .withCaching()
          .build(context);
    }
    if (context.getBeanProvider(DiscoveryClient.class).getIfAvailable() != null) {
      return ServiceInstanceListSupplier.builder()
          .withBlockingDiscoveryClient()
          .withCaching()
          .build(context);
    }
    return new NowhereSupplier(
        context.getEnvironment().getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME));
  }

  /** Whether the properties ask for something that can be put on top of the live view. */
  static final class OnKnownDecoration extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      Environment environment = context.getEnvironment();
      ConditionMessage.Builder message = ConditionMessage.forCondition("Gossip load balancing");
      return Decorations.of(environment, false) == null
          ? ConditionOutcome.noMatch(message.because("the configuration needs a list of its own"))
          : ConditionOutcome.match(message.because("the configuration fits the live view"));
    }
  }
}
