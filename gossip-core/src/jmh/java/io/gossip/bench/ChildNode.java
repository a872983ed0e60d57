package io.gossip.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gossip.GossipNode;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.SigningKey;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.netty.Encryption;
import io.gossip.netty.Signing;
import io.gossip.swim.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A member in a process of its own, which can be stopped, resumed and killed. Its {@link #main} is
 * what runs there, until its standard input ends.
 */
final class ChildNode implements AutoCloseable {

  static final String CLUSTER = "benchmark";

  /** System property: whether packets are encrypted. */
  static final String ENCRYPTED = "gossip.bench.encrypted";

  /** System property: whether members sign. */
  static final String SIGNED = "gossip.bench.signed";

  private static final String STARTED = "started";
  private static final String FAILED = "failed ";

  private final NodeId id;
  private final Process process;
  private final CountDownLatch started = new CountDownLatch(1);
  private final AtomicInteger deaths = new AtomicInteger();

  /**
   * Starts one and waits until it listens.
   *
   * @param prefix of the command, as {@code ip netns exec …}; may be empty
   */
  ChildNode(String name, String host, List<Seed> seeds, List<String> prefix) {
    id = new NodeId(name);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(java(ChildNode.class, "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add(name);
    command.add(host);
    seeds.forEach(seed -> command.add(seed.host() + ":" + seed.port()));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread reader = new Thread(this::read, name + "-output");
      reader.setDaemon(true);
      reader.start();
      if (!started.await(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " must start within 30 s");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The command that runs a class as this process was run. */
  static List<String> java(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-D" + ENCRYPTED + "=" + Boolean.getBoolean(ENCRYPTED));
    command.add("-D" + SIGNED + "=" + Boolean.getBoolean(SIGNED));
    command.add("-D" + BenchmarkTls.FOLDER + "=" + System.getProperty(BenchmarkTls.FOLDER, ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  /** The same keys in all processes; {@code null} where packets are plain. */
  static @Nullable Encryption encryption() {
    return Boolean.getBoolean(ENCRYPTED) ? Encryption.with(Keyring.of(Key.of(new byte[32]))) : null;
  }

  /** A key of its own for each node, held to by all; {@code null} where nobody signs. */
  static @Nullable Signing signing() {
    return Boolean.getBoolean(SIGNED) ? new Signing(SigningKey.generate(), false, true) : null;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(STARTED)) {
          started.countDown();
        } else if (line.startsWith(FAILED)) {
          deaths.incrementAndGet();
        } else {
          System.out.println(id + ": " + line);
        }
      }
    } catch (IOException e) {
      System.out.println(id + " is heard no more: " + e.getMessage());
    }
  }

  NodeId id() {
    return id;
  }

  /** How many members it took for dead. */
  int deaths() {
    return deaths.get();
  }

  /** Sends {@code STOP}, {@code CONT} or {@code KILL}; returns once it has been sent. */
  void signal(String signal) {
    run(List.of("kill", "-" + signal, String.valueOf(process.pid())));
  }

  /** Runs a command to its end. */
  static void run(List<String> command) {
    try {
      Process running = new ProcessBuilder(command).inheritIO().start();
      if (!running.waitFor(10, TimeUnit.SECONDS) || running.exitValue() != 0) {
        running.destroyForcibly();
        throw new IllegalStateException("command must succeed: " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code kill -9}; returns once it has been sent. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("killed process " + process.pid() + " must end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What each node says at its start would drown the rest. */
  static void quietStarts() {
    ((Logger) LoggerFactory.getLogger("io.gossip.netty.Shell")).setLevel(Level.ERROR);
  }

  /** What runs in the process: arguments are name, address and seeds. */
  public static void main(String[] args) throws IOException {
    quietStarts();
    List<Seed> seeds = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      seeds.add(Seed.parse(args[i], GossipNode.DEFAULT_PORT));
    }
    GossipNode node =
        GossipNode.builder()
            .id(args[0])
            .cluster(CLUSTER)
            .bindHost(InetAddress.getByName(args[1]))
            .bindPort(0)
            .encryption(encryption())
            .signing(signing())
            .tls(BenchmarkTls.tls())
            .seeds(seeds)
            .build();
    node.subscribe(
        (event, view) -> {
          if (event instanceof MembershipEvent.Failed failed) {
            System.out.println(FAILED + failed.member().id() + ": " + failed.reason());
          }
        });
    node.start();
    System.out.println(STARTED);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println("does not know " + line);
      }
    }
    node.stop();
  }
}
