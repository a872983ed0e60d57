package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.spring.quarantine.Quarantine;
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
    cluster.close();
    servers.close();
  }

  @Test
  void aCallThatFindsAnInstanceGoneGoesToAnotherInEveryKindOfClient() {
    ConfigurableApplicationContext shop =
        cluster.plain(
            Shops.Shop.class,
            "shop",
            "spring.cloud.loadbalancer.retry.enabled=true",
            "gossip.loadbalancer.feedback.quarantine=50ms");
    DisposableServer first = servers.start("one");
    cluster.plain(Shops.Stock.class, "stock", Servers.offering(first));
    cluster.plain(Shops.Stock.class, "stock", Servers.offering(servers.start("two")));
    Cluster.awaitInstances(shop, "stock", 2);
    Servers.stop(first);
    for (Map.Entry<String, Supplier<String>> call : Shops.calls(shop).entrySet()) {
      shop.getBean(Quarantine.class); // each kind has to find out by itself
      for (int i = 0; i < 6; i++) {
        assertThat(call.getValue().get()).as(call.getKey()).isEqualTo("two");
      }
    }
  }
}
