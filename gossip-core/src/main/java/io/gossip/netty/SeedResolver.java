package io.gossip.netty;

import io.gossip.swim.Seed;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns seeds into addresses: literals at once, names on a thread of its own, which exists only
 * while there are names to look up, because a name server may take its time.
 */
final class SeedResolver {

  /** Look-ups that may wait; more are answered with no address. */
  static final int MAX_WAITING = 256;

  /** Addresses of one name that are used. */
  static final int MAX_ADDRESSES = 256;

  private static final Logger log = LoggerFactory.getLogger(SeedResolver.class);

  private final ThreadPoolExecutor executor;
  private final ShellStats stats;

  SeedResolver(String threadName, ShellStats stats) {
    this.stats = stats;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Answers on this thread or on the resolver's; with no address if there is none. */
  void resolve(Seed seed, Consumer<List<InetSocketAddress>> answer) {
    resolveHost(
        seed.host(),
        hosts -> {
          List<InetSocketAddress> addresses = new ArrayList<>(hosts.size());
          for (InetAddress host : hosts) {
            addresses.add(new InetSocketAddress(host, seed.port()));
          }
          answer.accept(List.copyOf(addresses));
        });
  }

  /** Looks up a host, waiting for at most this long; no address if that was not long enough. */
  List<InetAddress> await(String host, long timeoutNanos) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    resolveHost(host, answer::complete);
    try {
      return answer.get(Math.max(0, timeoutNanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      log.debug("No address for {} yet", host, e);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look-up is answered, and never fails", e);
    }
  }

  /** Ends the thread. Look-ups that wait are not answered. */
  void close() {
    executor.shutdownNow();
  }

  private void resolveHost(String host, Consumer<List<InetAddress>> answer) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      answer.accept(lookUp(host));
      return;
    }
    try {
      executor.execute(() -> answer.accept(lookUp(host)));
    } catch (RejectedExecutionException e) {
      stats.add(ShellStats.Counter.LOOKUPS_FAILED);
      log.debug("Too many look-ups are waiting to look up {}", host, e);
      answer.accept(List.of());
    }
  }

  private List<InetAddress> lookUp(String host) {
    try {
      InetAddress[] found = InetAddress.getAllByName(host);
      List<InetAddress> addresses = new ArrayList<>(found.length);
      for (int i = 0; i < found.length && i < MAX_ADDRESSES; i++) {
        addresses.add(Addresses.plain(found[i]));
      }
      return List.copyOf(addresses);
    } catch (UnknownHostException | SecurityException e) {
      stats.add(ShellStats.Counter.LOOKUPS_FAILED);
      log.debug("No address for {}", host, e);
      return List.of();
    }
  }
}
