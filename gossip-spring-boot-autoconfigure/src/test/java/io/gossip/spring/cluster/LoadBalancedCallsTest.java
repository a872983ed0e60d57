package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.GossipNode;
import io.gossip.spring.Cluster;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class LoadBalancedCallsTest {

  private final Cluster cluster = new Cluster();
  private ConfigurableApplicationContext shop;
  private ConfigurableApplicationContext first;
  private ConfigurableApplicationContext second;

  @BeforeEach
  void start() {
    shop = cluster.web(Shops.Shop.class, "shop", "gossip.loadbalancer.suspect=include");
    first = cluster.web(Stock.class, "stock");
    second = cluster.web(Stock.class, "stock");
    Cluster.awaitInstances(shop, "stock", 2);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void everyKindOfClientReachesEveryInstance() {
    Set<String> both = Set.of(id(first), id(second));
    Shops.calls(shop)
        .forEach((client, call) -> assertThat(answers(call)).as(client).isEqualTo(both));
  }

  @Test
  void bothDiscoveryClientsShowTheSame() {
    List<String> blocking = shop.getBean(DiscoveryClient.class).getServices();
    assertThat(blocking).containsExactly("shop", "stock");
    assertThat(shop.getBean(ReactiveDiscoveryClient.class).getServices().collectList().block())
        .isEqualTo(blocking);
    assertThat(
            shop.getBean(ReactiveDiscoveryClient.class).getInstances("stock").collectList().block())
        .hasSize(2)
        .isEqualTo(shop.getBean(DiscoveryClient.class).getInstances("stock"));
  }

  @Test
  void anInstanceThatIsGoneFromTheViewIsNotPickedAgain() {
    Supplier<String> call = Objects.requireNonNull(Shops.calls(shop).get("RestClient"));
    assertThat(answers(call)).hasSize(2);
    String gone = id(first);
    first.close();
    Cluster.awaitInstances(shop, "stock", 1);
    for (int i = 0; i < 50; i++) {
      assertThat(call.get()).isNotEqualTo(gone);
    }
  }

  private static String id(ConfigurableApplicationContext context) {
    return Cluster.node(context).id().value();
  }

  private static Set<String> answers(Supplier<String> call) {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      answers.add(call.get());
    }
    return answers;
  }

  @RestController
  static class Stock {

    private final GossipNode node;

    Stock(GossipNode node) {
      this.node = node;
    }

    @GetMapping("/who")
    String who() {
      return node.id().value();
    }
  }
}
