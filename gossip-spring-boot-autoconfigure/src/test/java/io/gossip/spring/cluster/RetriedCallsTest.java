package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.Cluster;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.DisposableServer;

/** Spring Cloud's retry, with the dependency and the properties that the documentation gives. */
class RetriedCallsTest {

  private final Cluster cluster = new Cluster();
  private final Servers servers = new Servers();

  @AfterEach
  void stop() {
    servers.close(); // first: contexts that close take the loops of Reactor with them
    cluster.close();
  }

  @Test
  void aCallThatFindsAnInstanceGoneGoesToAnotherInEveryKindOfClient() {
    ConfigurableApplicationContext shop =
        cluster.plain(
            Shops.Shop.class,
            "shop",
            "spring.cloud.loadbalancer.retry.enabled=true",
            "gossip.loadbalancer.feedback.enabled=false"); // each kind has to find out by itself
    DisposableServer first = servers.start("one");
    cluster.plain("stock", Servers.offering(first));
    cluster.plain("stock", Servers.offering(servers.start("two")));
    Cluster.awaitInstances(shop, "stock", 2);
    Servers.stop(first);
    for (Map.Entry<String, Supplier<String>> call : Shops.calls(shop).entrySet()) {
      for (int i = 0; i < 6; i++) {
        assertThat(call.getValue().get()).as(call.getKey()).isEqualTo("two");
      }
    }
  }
}
