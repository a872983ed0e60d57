package io.gossip.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.service.GossipServices;
import io.gossip.spring.service.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring Cloud's properties put on top of the live view, in a real load balancer. */
class DecorationsTest {

  private static final Member SELF = Members.member("self", Map.of());
  private static final Member NEAR =
      Members.inZone(Members.with(Members.serving("near", "stock", 81), "meta.hint", "blue"), "a");
  private static final Member FAR = Members.inZone(Members.serving("far", "stock", 82), "b");

  private static final AtomicReference<Membership> VIEW = new AtomicReference<>(Members.view(SELF));

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "gossip.cluster-name=test-" + UUID.randomUUID(),
              "gossip.bind.host=127.0.0.1",
              "gossip.bind.port=0",
              "gossip.instance.zone=a",
              "spring.cloud.loadbalancer.retry.enabled=false");

  @Test
  void roundRobinGoesRoundAndFollowsTheView() {
    VIEW.set(Members.view(SELF, NEAR, FAR));
    runner.run(
        context -> {
          assertThat(picks(context, 4)).containsExactlyInAnyOrder("near", "far", "near", "far");
          VIEW.set(Members.view(SELF, FAR));
          assertThat(picks(context, 4)).containsOnly("far");
          VIEW.set(Members.view(SELF));
          assertThat(context.getBean(LoadBalancerClient.class).choose("stock")).isNull();
        });
  }

  @Test
  void suspectsArePickedOnlyWhenNothingElseIsAlive() {
    VIEW.set(Members.view(SELF, Members.suspected(NEAR), FAR));
    runner.run(
        context -> {
          assertThat(picks(context, 4)).containsOnly("far");
          VIEW.set(Members.view(SELF, Members.suspected(NEAR)));
          assertThat(picks(context, 4)).containsOnly("near");
        });
  }

  @Test
  void weightZeroIsNotPicked() {
    VIEW.set(Members.view(SELF, NEAR, Members.with(FAR, "service.weight", "0")));
    runner.run(context -> assertThat(picks(context, 4)).containsOnly("near"));
  }

  @Test
  void theOwnZoneIsPreferred() {
    VIEW.set(Members.view(SELF, NEAR, FAR));
    runner
        .withPropertyValues("spring.cloud.loadbalancer.configurations=zone-preference")
        .run(
            context -> {
              assertThat(picks(context, 4)).containsOnly("near");
              VIEW.set(Members.view(SELF, FAR));
              assertThat(picks(context, 4)).containsOnly("far");
            });
  }

  @Test
  void weightsAreFollowed() {
    VIEW.set(Members.view(SELF, Members.with(NEAR, "service.weight", "3"), FAR));
    runner
        .withPropertyValues("spring.cloud.loadbalancer.clients.stock.configurations=weighted")
        .run(context -> assertThat(picks(context, 8)).filteredOn("near"::equals).hasSize(6));
  }

  @Test
  void hintsAreFollowed() {
    VIEW.set(Members.view(SELF, NEAR, FAR));
    runner
        .withPropertyValues("spring.cloud.loadbalancer.configurations=hint")
        .run(
            context -> {
              Set<String> types = new HashSet<>();
              types.add(supplier(context).getClass().getSimpleName());
              assertThat(types).containsExactly("HintBasedServiceInstanceListSupplier");
            });
  }

  @Test
  void theSameInstanceIsPreferred() {
    VIEW.set(Members.view(SELF, NEAR, FAR));
    runner
        .withPropertyValues("spring.cloud.loadbalancer.configurations=same-instance-preference")
        .run(context -> assertThat(new HashSet<>(picks(context, 6))).hasSize(1));
  }

  @Test
  void whatNeedsAListOfItsOwnIsLeftToSpring() {
    runner
        .withPropertyValues("spring.cloud.loadbalancer.configurations=health-check")
        .run(
            context -> {
              assertThat(supplier(context).getClass().getSimpleName())
                  .isNotEqualTo(GossipServiceInstanceListSupplier.class.getSimpleName());
              assertThat(
                      context
                          .getBean(LoadBalancerClientFactory.class)
                          .getInstances("stock", GossipServiceInstanceListSupplier.class))
                  .isEmpty();
            });
  }

  @Test
  void aListOfTheUsersOwnWins() {
    runner
        .withUserConfiguration(OwnList.class)
        .run(context -> assertThat(picks(context, 2)).containsOnly("own"));
  }

  private static ServiceInstanceListSupplier supplier(ApplicationContext context) {
    ServiceInstanceListSupplier supplier =
        context
            .getBean(LoadBalancerClientFactory.class)
            .getInstance("stock", ServiceInstanceListSupplier.class);
    assertThat(supplier).isNotNull();
    return supplier;
  }

  private static List<String> picks(ApplicationContext context, int count) {
    LoadBalancerClient client = context.getBean(LoadBalancerClient.class);
    List<String> picks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServiceInstance picked = client.choose("stock");
      picks.add(picked == null ? "nobody" : String.valueOf(picked.getInstanceId()));
    }
    return picks;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    GossipServices gossipServices(GossipNode node) {
      assertThat(node.isRunning()).isFalse();
      return new GossipServices(VIEW::get, true);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @LoadBalancerClients(defaultConfiguration = OwnSupplier.class)
  static class OwnList {}

  static class OwnSupplier {

    @Bean
    ServiceInstanceListSupplier ownSupplier() {
      return new OneInstance("stock");
    }
  }
}
