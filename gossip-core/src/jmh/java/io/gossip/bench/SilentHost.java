package io.gossip.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A host whose packets all vanish, both ways and without a word: a network namespace behind a
 * bridge that is told to isolate its ports. The other members live in a second namespace, in a
 * process of their own, whose work is this class's {@link #main}.
 *
 * <p>Nothing outside of these namespaces is touched. Needs root and the program {@code ip}.
 */
final class SilentHost implements AutoCloseable {

  private static final String CLUSTER_HOST = "10.99.0.1";
  private static final String CHILD_HOST = "10.99.0.2";
  private static final String RESULT = "silent ";

  private final String name = "gossip-" + ProcessHandle.current().pid();

  private SilentHost() {}

  /** Why it cannot be had here; {@code null} if it can. */
  static @Nullable String problem() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    boolean found =
        List.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip").stream()
            .anyMatch(program -> Files.isExecutable(Path.of(program)));
    return found ? null : "the program ip was not found";
  }

  /** Seconds from the cut until nobody had the silent member any more, once for each round. */
  static List<Double> measure(int members, int rounds) {
    List<Double> seconds = new ArrayList<>();
    try (SilentHost namespaces = new SilentHost()) {
      namespaces.open();
      List<String> command =
          new ArrayList<>(List.of("ip", "netns", "exec", namespaces.name + "-left"));
      command.addAll(ChildNode.java(SilentHost.class));
      command.addAll(List.of(String.valueOf(members), String.valueOf(rounds), namespaces.name));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(RESULT)) {
            seconds.add(Double.parseDouble(line.substring(RESULT.length())));
          } else {
            System.out.println(line);
          }
        }
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new IllegalStateException("the cluster in the namespace must end well");
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the namespaces must be usable", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return seconds;
  }

  private void open() {
    ip("netns add " + name + "-switch");
    ip("-n " + name + "-switch link add bridge type bridge");
    ip("-n " + name + "-switch link set bridge up");
    host("left", CLUSTER_HOST, "02:00:00:00:00:01");
    host("right", CHILD_HOST, "02:00:00:00:00:02");
    // As behind a router: that the neighbour does not answer is nothing the kernel would tell us.
    ip(
        "-n "
            + name
            + "-left neigh replace "
            + CHILD_HOST
            + " lladdr 02:00:00:00:00:02 dev eth0 nud permanent");
  }

  private void host(String side, String address, String hardware) {
    String namespace = name + "-" + side;
    ip("netns add " + namespace);
    ip("-n " + namespace + " link set lo up");
    ip("-n " + name + "-switch link add " + side + " type veth peer name eth0 netns " + namespace);
    ip("-n " + name + "-switch link set " + side + " master bridge up");
    ip("-n " + namespace + " link set eth0 address " + hardware);
    ip("-n " + namespace + " addr add " + address + "/24 dev eth0");
    ip("-n " + namespace + " link set eth0 up");
  }

  @Override
  public void close() {
    for (String side : List.of("left", "right", "switch")) {
      if (Files.exists(Path.of("/run/netns", name + "-" + side))) {
        ip("netns del " + name + "-" + side); // its interfaces go with it
      }
    }
  }

  private static void isolate(String name, boolean on) {
    for (String side : List.of("left", "right")) {
      ip(
          "-n "
              + name
              + "-switch link set "
              + side
              + " type bridge_slave isolated "
              + (on ? "on" : "off"));
    }
  }

  private static void ip(String arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ", -1)));
    ChildNode.run(command);
  }

  /** The cluster's side: arguments are members, rounds and the namespaces' name. */
  public static void main(String[] args) throws IOException {
    ChildNode.quietStarts();
    int members = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    String name = args[2];
    try (Cluster cluster = new Cluster(InetAddress.getByName(CLUSTER_HOST))) {
      for (int i = 0; i < members; i++) {
        cluster.add();
      }
      cluster.settle(members);
      for (int round = 1; round <= rounds; round++) {
        round(cluster, members, name, round);
      }
      System.out.println("  wrong deaths meanwhile: " + cluster.wrongDeaths());
    }
  }

  private static void round(Cluster cluster, int members, String name, int round) {
    List<String> inside = List.of("ip", "netns", "exec", name + "-right");
    try (ChildNode child = new ChildNode("silent-" + round, CHILD_HOST, cluster.seeds(), inside)) {
      cluster.settle(members + 1);
      Cluster.pause(3_000);
      cluster.ends(child.id());
      isolate(name, true);
      long since = System.nanoTime();
      double took =
          cluster.await(since, Duration.ofSeconds(60), node -> !Cluster.has(node, child.id()));
      System.out.println("  " + cluster.course(child.id(), since));
      System.out.println(RESULT + took);
    }
    isolate(name, false);
    cluster.settle(members);
  }
}
