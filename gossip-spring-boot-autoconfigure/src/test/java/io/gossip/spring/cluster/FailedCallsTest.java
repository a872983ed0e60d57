package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.spring.Cluster;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.swim.SwimStats.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.DisposableServer;

/**
 * An instance whose process lives and gossips, and whose port is closed: what only callers can see.
 */
class FailedCallsTest {

  private static final int CALLS = 20;

  private final Cluster cluster = new Cluster();
  private final Servers servers = new Servers();
  private ConfigurableApplicationContext shop;
  private DisposableServer first;
  private DisposableServer second;

  @BeforeEach
  void start() {
    shop = shop("1m"); // for as long as the longest test, however slow the machine
    first = servers.start("one");
    second = servers.start("two");
    cluster.plain("stock", Servers.offering(first));
    cluster.plain("stock", Servers.offering(second));
    Cluster.awaitInstances(shop, "stock", 2);
  }

  private ConfigurableApplicationContext shop(String quarantine) {
    return cluster.plain(
        Shops.Shop.class,
        "shop",
        "gossip.loadbalancer.feedback.quarantine=" + quarantine,
        "gossip.loadbalancer.feedback.patience=2s", // no pause of this process is as long
        "gossip.swim.probe-interval=1m", // so that a probe is one that a call has asked for
        "gossip.loadbalancer.suspect=include"); // a starved member may come under suspicion
  }

  @AfterEach
  void stop() {
    servers.close(); // first: contexts that close take the loops of Reactor with them
    cluster.close();
  }

  @Test
  void anInstanceThatRefusesIsAvoidedAfterOneCallAndProbed() {
    long probes = probes();
    Servers.stop(first);
    Calls calls = new Calls(call("RestClient"));
    assertThat(calls.failed).isEqualTo(1);
    assertThat(calls.answers).containsOnly("two");
    assertThat(quarantine().current().size()).isEqualTo(1);
    await().atMost(Cluster.PATIENCE).until(() -> probes() > probes);
    assertThat(Cluster.instances(shop, "stock")).as("it is a member as ever").hasSize(2);
  }

  @Test
  void anInstanceIsBackWhenItAnswersAgain() {
    shop = shop("300ms");
    Cluster.awaitInstances(shop, "stock", 2);
    Servers.stop(first);
    assertThat(new Calls(call("RestClient")).failed).isPositive();

    servers.start("one", first.port(), 200);
    Supplier<String> call = call("RestClient");
    await().atMost(Cluster.PATIENCE).until(() -> call.get().equals("one"));
    assertThat(quarantine().current().isEmpty()).isTrue();
  }

  @Test
  void everyKindOfClientSeesItForTheOthers() {
    Servers.stop(first);
    assertThat(new Calls(call("RestTemplate")).failed).isEqualTo(1);
    assertThat(new Calls(call("RestClient")).failed).isZero();
    assertThat(new Calls(call("WebClient")).failed).isZero();
  }

  @Test
  void theReactiveClientSeesItToo() {
    Servers.stop(first);
    assertThat(new Calls(call("WebClient")).failed).isEqualTo(1);
  }

  @Test
  void anErrorFromTheInstanceIsAnAnswer() {
    int port = first.port();
    Servers.stop(first);
    servers.start("broken", port, 500);
    Calls calls = new Calls(call("RestClient"));
    assertThat(calls.failed).isEqualTo(CALLS / 2);
    assertThat(quarantine().current().isEmpty()).isTrue();
  }

  @Test
  void anInstanceThatLeavesCallsWaitingIsAvoidedBeforeTheyTimeOut() {
    assertThat(new Calls(call("RestClient")).answers).contains("one", "two"); // and soon, both
    long probes = probes();
    Servers.stop(first);
    servers.startMute(first.port());
    Quarantine quarantine = quarantine();
    List<Future<String>> calls = new ArrayList<>();
    Supplier<String> call = call("RestClient");
    ExecutorService callers = Executors.newCachedThreadPool();
    await()
        .atMost(Cluster.PATIENCE)
        .until(
            () -> {
              calls.add(callers.submit(call::get)); // what waits is noticed when the next begins
              return !quarantine.current().isEmpty();
            });
    assertThat(call("RestClient").get()).isEqualTo("two");
    await().atMost(Cluster.PATIENCE).until(() -> probes() > probes);
    assertThat(Cluster.instances(shop, "stock")).as("it is a member as ever").hasSize(2);
    assertThat(calls).as("none has timed out").anyMatch(each -> !each.isDone());
    callers.shutdownNow();
  }

  @Test
  void whereAllRefuseAllAreTriedAsEver() {
    Servers.stop(first);
    Servers.stop(second);
    Calls calls = new Calls(call("RestClient"));
    assertThat(calls.failed).isEqualTo(CALLS);
    assertThat(quarantine().current().size()).isEqualTo(2);
  }

  private Quarantine quarantine() {
    return shop.getBean(Quarantine.class);
  }

  private long probes() {
    return Cluster.node(shop).stats().count(Counter.PROBES);
  }

  private Supplier<String> call(String client) {
    return Objects.requireNonNull(Shops.calls(shop).get(client));
  }

  /** Some calls, one after the other. */
  private static final class Calls {
    final List<String> answers = new ArrayList<>();
    int failed;

    Calls(Supplier<String> call) {
      for (int i = 0; i < CALLS; i++) {
        try {
          answers.add(call.get());
        } catch (RuntimeException e) {
          failed++;
        }
      }
    }
  }
}
