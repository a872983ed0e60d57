package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.swim.Seed;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedResolverTest {

  private final ShellStats stats = new ShellStats();
  private final SeedResolver resolver = new SeedResolver("seed-resolver-test", stats);

  @AfterEach
  void endResolver() {
    resolver.close();
  }

  @Test
  void literalIsAnsweredAtOnceWithoutAThread() throws UnknownHostException {
    List<List<InetSocketAddress>> answers = new ArrayList<>();

    resolver.resolve(new Seed("127.0.0.9", 1234), answers::add);
    resolver.resolve(new Seed("::1", 1234), answers::add);

    assertThat(answers)
        .containsExactly(
            List.of(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 9}), 1234)),
            List.of(new InetSocketAddress(NetUtil.LOCALHOST6, 1234)));
    assertThat(thread()).isFalse();
  }

  @Test
  void nameIsLookedUpOnAnotherThreadAndAllItsAddressesAreGiven() throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    CompletableFuture<List<InetSocketAddress>> answer = new CompletableFuture<>();

    resolver.resolve(
        new Seed("localhost", 1234),
        found -> {
          name.complete(Thread.currentThread().getName());
          answer.complete(found);
        });

    assertThat(answer.get(5, TimeUnit.SECONDS))
        .isNotEmpty()
        .allMatch(a -> a.getAddress().isLoopbackAddress() && a.getPort() == 1234);
    assertThat(name).isCompletedWithValue("seed-resolver-test");
    resolver.close();
    await().until(() -> !thread());
  }

  @Test
  void nameWithoutAnAddressIsAnsweredWithNoneAndCounted() throws Exception {
    CompletableFuture<List<InetSocketAddress>> answer = new CompletableFuture<>();

    resolver.resolve(new Seed("no..such..host", 1234), answer::complete);

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(stats.count(ShellStats.Counter.LOOKUPS_FAILED)).isEqualTo(1);
  }

  private static boolean thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals("seed-resolver-test"));
  }
}
