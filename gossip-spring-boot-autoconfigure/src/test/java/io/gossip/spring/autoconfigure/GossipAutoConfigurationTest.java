package io.gossip.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.spring.GossipConnectionDetails;
import io.gossip.spring.GossipNodeCustomizer;
import io.gossip.spring.actuate.GossipEventsEndpoint;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import io.gossip.spring.diagnostics.InvalidServiceIdException;
import io.gossip.spring.diagnostics.MetadataTooLargeException;
import io.gossip.spring.discovery.GossipDiscoveryClient;
import io.gossip.spring.discovery.GossipReactiveDiscoveryClient;
import io.gossip.spring.discovery.HeartbeatPublisher;
import io.gossip.spring.event.GossipEventPublisher;
import io.gossip.spring.history.EventHistory;
import io.gossip.spring.lifecycle.GossipLifecycle;
import io.gossip.spring.lifecycle.RefreshListener;
import io.gossip.spring.lifecycle.WebServerListener;
import io.gossip.spring.loadbalancer.GossipLoadBalancerClientConfiguration;
import io.gossip.spring.registry.GossipAutoServiceRegistration;
import io.gossip.spring.registry.GossipRegistration;
import io.gossip.spring.registry.GossipServiceRegistry;
import io.gossip.spring.registry.NoAutoServiceRegistration;
import io.gossip.swim.SwimReport;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.cloud.loadbalancer.config.LoadBalancerZoneConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each switch turns off, and how the application changes the node. */
class GossipAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withPropertyValues(
              "spring.application.name=orders",
              "gossip.cluster-name=test-" + UUID.randomUUID(),
              "gossip.bind.host=127.0.0.1",
              "gossip.bind.port=0",
              "gossip.shutdown.drain-delay=0s");

  /** With all auto-configurations there are, as in an application. */
  private final ApplicationContextRunner application =
      runner.withUserConfiguration(Application.class);

  @Test
  void anApplicationHasEverything() {
    application.run(
        context -> {
          assertThat(context)
              .hasSingleBean(GossipNode.class)
              .hasSingleBean(GossipLifecycle.class)
              .hasSingleBean(GossipDiscoveryClient.class)
              .hasSingleBean(GossipReactiveDiscoveryClient.class)
              .hasSingleBean(HeartbeatPublisher.class)
              .hasSingleBean(GossipEventPublisher.class)
              .hasSingleBean(GossipServiceRegistry.class)
              .hasSingleBean(GossipAutoServiceRegistration.class)
              .hasSingleBean(WebServerListener.class)
              .hasSingleBean(RefreshListener.class)
              .hasBean("gossipHealthIndicator")
              .hasBean("gossipMeterBinder");
          assertThat(loadBalances(context)).isTrue();
        });
  }

  @Test
  void theNodeRunsAndIsNamedAfterTheApplication() {
    application.run(
        context -> {
          GossipNode node = context.getBean(GossipNode.class);
          assertThat(node.isRunning()).isTrue();
          assertThat(node.id().value()).matches("orders-[a-z2-7]{8}");
          assertThat(node.phase()).isEqualTo(SwimReport.Phase.ALONE);
        });
  }

  @Test
  void theNodeStopsWithTheContext() {
    GossipNode[] node = new GossipNode[1];
    application.run(context -> node[0] = context.getBean(GossipNode.class));
    assertThat(node[0].isRunning()).isFalse();
  }

  @Test
  void switchedOffThereIsNothing() {
    application
        .withPropertyValues("gossip.enabled=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(GossipNode.class);
              assertThat(ours(context)).isEmpty();
            });
  }

  @Test
  void springCloudsDiscoverySwitchTurnsOffLookingUpOnly() {
    application
        .withPropertyValues("spring.cloud.discovery.enabled=false")
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(GossipNode.class)
                  .hasSingleBean(GossipAutoServiceRegistration.class)
                  .doesNotHaveBean(GossipDiscoveryClient.class)
                  .doesNotHaveBean(GossipReactiveDiscoveryClient.class)
                  .doesNotHaveBean(HeartbeatPublisher.class);
              assertThat(loadBalances(context)).isFalse();
            });
  }

  @Test
  void theBlockingAndTheReactiveClientHaveTheirOwnSwitches() {
    application
        .withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(GossipDiscoveryClient.class)
                    .hasSingleBean(GossipReactiveDiscoveryClient.class)
                    .hasSingleBean(HeartbeatPublisher.class));
    application
        .withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(GossipDiscoveryClient.class)
                    .doesNotHaveBean(GossipReactiveDiscoveryClient.class));
  }

  @Test
  void discoveryCanBeTurnedOffWithoutTheLoadBalancer() {
    application
        .withPropertyValues("gossip.discovery.enabled=false")
        .run(
            context -> {
              assertThat(context)
                  .doesNotHaveBean(GossipDiscoveryClient.class)
                  .doesNotHaveBean(GossipReactiveDiscoveryClient.class);
              assertThat(loadBalances(context)).isTrue();
            });
  }

  @Test
  void theLoadBalancerCanBeTurnedOffWithoutDiscovery() {
    application
        .withPropertyValues("gossip.loadbalancer.enabled=false")
        .run(
            context -> {
              assertThat(context).hasSingleBean(GossipDiscoveryClient.class);
              assertThat(loadBalances(context)).isFalse();
            });
  }

  @Test
  void heartbeatAndEventsHaveTheirSwitches() {
    application
        .withPropertyValues(
            "gossip.discovery.heartbeat.enabled=false", "gossip.events.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(GossipDiscoveryClient.class)
                    .doesNotHaveBean(HeartbeatPublisher.class)
                    .doesNotHaveBean(GossipEventPublisher.class));
  }

  @Test
  void thePastIsKeptUnlessItIsTurnedOff() {
    ApplicationContextRunner exposing =
        application.withPropertyValues("management.endpoints.web.exposure.include=gossipevents");
    exposing.run(
        context -> {
          assertThat(context).hasSingleBean(GossipEventsEndpoint.class);
          assertThat(context.getBean(EventHistory.class).capacity()).isEqualTo(256);
        });
    exposing
        .withPropertyValues("gossip.events.history=0")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(EventHistory.class)
                    .doesNotHaveBean(GossipEventsEndpoint.class));
  }

  @Test
  void automaticRegistrationCanBeTurnedOffAndTheRegistryStays() {
    application
        .withPropertyValues("spring.cloud.service-registry.auto-registration.enabled=false")
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(GossipServiceRegistry.class)
                  .hasSingleBean(NoAutoServiceRegistration.class)
                  .doesNotHaveBean(GossipAutoServiceRegistration.class);
              GossipNode node = context.getBean(GossipNode.class);
              assertThat(node.state()).isEmpty();
              GossipServiceRegistry registry = context.getBean(GossipServiceRegistry.class);
              GossipRegistration registration = context.getBean(GossipRegistration.class);
              registry.register(registration);
              assertThat(node.state()).containsEntry("service.id", "orders");
              registry.deregister(registration);
              assertThat(node.state()).isEmpty();
            });
  }

  @Test
  void besideAnotherRegistryOursStepsBack() {
    application
        .withUserConfiguration(OtherRegistry.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(ServiceRegistry.class))
                  .isNotInstanceOf(GossipServiceRegistry.class);
              assertThat(context.getBean(Registration.class))
                  .isNotInstanceOf(GossipRegistration.class);
              assertThat(context.getBean(AutoServiceRegistration.class))
                  .isNotInstanceOf(GossipAutoServiceRegistration.class);
              assertThat(context).hasSingleBean(GossipServiceRegistry.class);
            });
  }

  @Test
  void aZoneOfOursIsTheLoadBalancersZone() {
    application
        .withPropertyValues("gossip.instance.zone=eu-1a")
        .run(
            context -> {
              assertThat(context.getBean(LoadBalancerZoneConfig.class).getZone())
                  .isEqualTo("eu-1a");
              assertThat(context.getBean(GossipNode.class).members().self().zone())
                  .isEqualTo("eu-1a");
            });
  }

  @Test
  void theLoadBalancersZoneIsOursToo() {
    application
        .withPropertyValues("spring.cloud.loadbalancer.zone=eu-1b")
        .run(
            context ->
                assertThat(context.getBean(GossipNode.class).members().self().zone())
                    .isEqualTo("eu-1b"));
  }

  @Test
  void withoutAWebServerOnTheClassPathTheNodeRuns() {
    runner
        .withConfiguration(
            AutoConfigurations.of(
                GossipAutoConfiguration.class, GossipDiscoveryClientAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader(WebServerInitializedEvent.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(GossipDiscoveryClient.class)
                    .doesNotHaveBean("gossipWebServerListener"));
  }

  @Test
  void aCustomizerHasTheLastWord() {
    application
        .withPropertyValues("gossip.node-id=by-property")
        .withBean(GossipNodeCustomizer.class, () -> builder -> builder.id("by-customizer"))
        .run(
            context ->
                assertThat(context.getBean(GossipNode.class).id().value())
                    .isEqualTo("by-customizer"));
  }

  @Test
  void connectionDetailsTakeThePlaceOfTheSeeds() {
    application
        .withPropertyValues("gossip.seeds=127.0.0.1:1")
        .withBean(GossipConnectionDetails.class, () -> () -> List.of("127.0.0.1:2"))
        .run(
            context ->
                assertThat(
                        context
                            .getBean(GossipNode.class)
                            .report()
                            .toCompletableFuture()
                            .join()
                            .swim()
                            .seeds())
                    .extracting(seed -> seed.seed().toString())
                    .containsExactly("127.0.0.1:2"));
  }

  @Test
  void aPropertyThatCannotBeFailsTheStart() {
    failsWith(InvalidGossipPropertyException.class, "gossip.bind.port=70000");
    failsWith(InvalidGossipPropertyException.class, "gossip.bind.port-attempts=0");
    failsWith(InvalidGossipPropertyException.class, "gossip.node-id=a b");
    failsWith(InvalidGossipPropertyException.class, "gossip.seeds=host:port");
    failsWith(InvalidGossipPropertyException.class, "gossip.advertise.port=0");
    failsWith(InvalidGossipPropertyException.class, "gossip.events.queue-capacity=0");
    failsWith(InvalidGossipPropertyException.class, "gossip.events.history=-1");
    failsWith(InvalidGossipPropertyException.class, "gossip.events.history=10001");
    failsWith(InvalidGossipPropertyException.class, "gossip.instance.zone=" + "z".repeat(65));
    failsWith(InvalidGossipPropertyException.class, "gossip.swim.probe-interval=1ms");
    failsWith(InvalidServiceIdException.class, "spring.application.name=order_app");
    failsWith(MetadataTooLargeException.class, "gossip.instance.metadata.a=" + "x".repeat(1025));
  }

  private void failsWith(Class<? extends Exception> type, String property) {
    application
        .withPropertyValues(property)
        .run(
            context -> {
              assertThat(context).hasFailed();
              Throwable cause = context.getStartupFailure();
              while (cause != null && !type.isInstance(cause)) {
                cause = cause.getCause();
              }
              assertThat(cause).as(property).isInstanceOf(type);
            });
  }

  private static boolean loadBalances(AssertableApplicationContext context) {
    return context.getBeansOfType(LoadBalancerClientSpecification.class).values().stream()
        .anyMatch(
            specification ->
                Arrays.asList(specification.getConfiguration())
                    .contains(GossipLoadBalancerClientConfiguration.class));
  }

  private static List<String> ours(AssertableApplicationContext context) {
    return Arrays.stream(context.getBeanDefinitionNames())
        .filter(name -> name.startsWith("gossip") && !name.contains("AutoConfigurationTest"))
        .toList();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  static class OtherRegistry {

    @Bean
    ServiceRegistry<Registration> otherRegistry() {
      return new OtherServiceRegistry();
    }

    @Bean
    Registration otherRegistration() {
      return new OtherRegistration();
    }

    @Bean
    AutoServiceRegistration otherAutoServiceRegistration() {
      return new AutoServiceRegistration() {};
    }
  }
}
