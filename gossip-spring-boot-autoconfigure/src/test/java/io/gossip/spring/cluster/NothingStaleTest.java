package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.spring.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An instance leaves, and its server goes on answering: any call that began after the caller's view
 * had changed and got an answer from there was a stale pick.
 */
class NothingStaleTest {

  private static final int CALLS = 10;

  private record Answered(String client, long begun, String answer) {}

  private final Cluster cluster = new Cluster();
  private final Servers servers = new Servers();

  @AfterEach
  void stop() {
    servers.close(); // first: contexts that close take the loops of Reactor with them
    cluster.close();
  }

  @Test
  void noKindOfClientPicksAnInstanceThatIsGoneFromTheView() throws InterruptedException {
    List<Answered> stale = staleAfterALeave(shop(Shops.Shop.class));
    assertThat(stale).isEmpty();
  }

  @Test
  void noClientWithACachedListOfItsOwnDoesEither() throws InterruptedException {
    List<Answered> stale = staleAfterALeave(shop(Shops.CachingShop.class));
    assertThat(stale).isEmpty();
  }

  @Test
  void withoutTheBypassSuchAClientWould() throws InterruptedException {
    List<Answered> stale =
        staleAfterALeave(shop(Shops.CachingShop.class, "gossip.loadbalancer.bypass-cache=false"));
    assertThat(stale).isNotEmpty();
  }

  /** One whose cached lists outlast the test, and that avoids nobody for being slow. */
  private ConfigurableApplicationContext shop(Class<?> own, String... more) {
    return cluster.plain(
        own,
        "shop",
        Stream.concat(
                Stream.of(
                    "spring.cloud.loadbalancer.cache.ttl=1h",
                    "gossip.loadbalancer.feedback.enabled=false",
                    "gossip.loadbalancer.suspect=include"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private List<Answered> staleAfterALeave(ConfigurableApplicationContext shop)
      throws InterruptedException {
    ConfigurableApplicationContext leaver =
        cluster.plain("stock", Servers.offering(servers.start("one")));
    cluster.plain("stock", Servers.offering(servers.start("two")));
    Cluster.awaitInstances(shop, "stock", 2);
    Map<String, Supplier<String>> calls = Shops.calls(shop);
    Queue<Answered> answers = new ConcurrentLinkedQueue<>();
    AtomicBoolean goOn = new AtomicBoolean(true);
    CountDownLatch warm = new CountDownLatch(CALLS * calls.size());
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    calls.forEach(
        (client, call) ->
            threads.execute(
                () -> {
                  while (goOn.get()) {
                    long begun = System.nanoTime();
                    try {
                      answers.add(new Answered(client, begun, call.get()));
                      warm.countDown();
                    } catch (RuntimeException e) {
                      // no answer, no pick to judge
                    }
                  }
                }));
    assertThat(warm.await(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Cluster.node(leaver).leave(); // a context that closes would take all loops of Reactor with it
    Cluster.awaitInstances(shop, "stock", 1);
    long gone = System.nanoTime();
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> calls.keySet().stream().allMatch(each -> begunSince(gone, each, answers)));
    goOn.set(false);
    threads.shutdown();
    assertThat(threads.awaitTermination(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return answers.stream().filter(each -> each.begun > gone && each.answer.equals("one")).toList();
  }

  /** Whether enough of a client's calls began after that for a stale pick to show. */
  private static boolean begunSince(long time, String client, Queue<Answered> answers) {
    return answers.stream()
            .filter(each -> each.client.equals(client) && each.begun > time)
            .limit(CALLS)
            .count()
        == CALLS;
  }
}
