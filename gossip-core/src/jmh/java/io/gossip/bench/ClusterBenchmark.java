package io.gossip.bench;

import com.sun.management.OperatingSystemMXBean;
import io.gossip.GossipNode;
import io.gossip.swim.SwimStats.Counter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster of real nodes in one process on loopback, and what it takes until all of them know of a
 * change; printed beside the targets. Says OK or MISS, and fails only if it cannot measure.
 */
public final class ClusterBenchmark {

  private static final Duration SHORT = Duration.ofSeconds(15);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int REST_SECONDS = 60;

  private final int members;
  private final int rounds;
  private final Cluster cluster = new Cluster(InetAddress.getLoopbackAddress());
  private final Table table = new Table();
  private int threadsBefore;

  private ClusterBenchmark(int members, int rounds) {
    this.members = members;
    this.rounds = rounds;
  }

  /**
   * Arguments: {@code --members 64 --rounds 5 --only changes,rest,deaths,pauses,silent --encrypted
   * true --signed true --tls true}.
   */
  public static void main(String[] args) {
    int members = 64;
    int rounds = 5;
    List<String> parts = List.of("changes", "rest", "deaths", "pauses", "silent");
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--members" -> members = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--encrypted" -> System.setProperty(ChildNode.ENCRYPTED, value);
        case "--signed" -> System.setProperty(ChildNode.SIGNED, value);
        case "--tls" -> {
          if (Boolean.parseBoolean(value)) {
            BenchmarkTls.make();
          }
        }
        case "--only" -> parts = Arrays.asList(value.split(",", -1));
        default -> throw new IllegalArgumentException("unknown argument " + args[i]);
      }
    }
    new ClusterBenchmark(members, rounds).run(parts);
    System.exit(0); // no thread of a node may hold this up
  }

  private void run(List<String> parts) {
    System.out.printf(
        "%s, %d cores, JDK %s, %d members, %d rounds%n",
        LocalDate.now(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        members,
        rounds);
    threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
    try (cluster) {
      begin();
      if (parts.contains("changes")) {
        changes();
      }
      if (parts.contains("rest")) {
        rest();
      }
      if (parts.contains("deaths")) {
        stopped();
        killed();
      }
      if (parts.contains("pauses")) {
        paused(2);
        paused(5);
      }
      table.value("wrong deaths in all of this", cluster.wrongDeaths(), "", 0);
      cluster.describeWrongDeaths().forEach(System.out::println);
    }
    if (parts.contains("silent")) {
      silent();
    }
    System.out.println();
    System.out.println(table);
  }

  private void say(String text) {
    System.out.println(text);
  }

  private void begin() {
    say("start of " + members + " nodes, one after the other");
    List<Double> starts = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < members; i++) {
      starts.add(cluster.add());
    }
    double took = cluster.await(begin, LONG, node -> node.members().members().size() == members);
    say("  first start " + starts.get(0) + " s, all know all after " + took + " s");
    cluster.settle(members);
    table.times("start() of the first node in a process", starts.subList(0, 1));
    table.times("start() of a further node", starts.subList(1, starts.size()));
    table.times("all members started at once know all", List.of(took));
  }

  private void changes() {
    List<Double> newcomers = new ArrayList<>();
    List<Double> changes = new ArrayList<>();
    List<Double> leaves = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      GossipNode node = cluster.newNode();
      long begin = System.nanoTime();
      node.start();
      cluster.admit(node);
      newcomers.add(
          cluster.await(
              begin,
              SHORT,
              other ->
                  Cluster.has(other, node.id())
                      && other.members().members().size() == members + 1));
      cluster.settle(members + 1);
      changes.add(change(round));
      cluster.settle(members + 1);
      leaves.add(leave(node));
      cluster.settle(members);
      say("newcomer " + newcomers + " s, change " + changes + " s, leave " + leaves + " s");
    }
    table.times("newcomer known to all", newcomers, 0.15);
    table.times("metadata change known to all", changes, 0.1);
    table.times("graceful leave known to all", leaves, 0.1);
  }

  private double change(int round) {
    GossipNode changing = cluster.nodes().get(round * 7 % members);
    String value = "round " + round;
    long begin = System.nanoTime();
    changing.put("weight", value);
    return cluster.await(begin, SHORT, other -> Cluster.has(other, changing.id(), "weight", value));
  }

  private double leave(GossipNode node) {
    cluster.release(node);
    cluster.ends(node.id());
    long begin = System.nanoTime();
    node.leave();
    double took = cluster.await(begin, SHORT, other -> !Cluster.has(other, node.id()));
    node.close();
    return took;
  }

  /** Sockets closed without a word, in this process. */
  private void stopped() {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      GossipNode node = cluster.newNode();
      node.start();
      cluster.admit(node);
      cluster.settle(members + 1);
      Cluster.pause(3_000);
      cluster.release(node);
      cluster.ends(node.id());
      long begin = System.nanoTime();
      node.stop();
      times.add(cluster.await(begin, LONG, other -> !Cluster.has(other, node.id())));
      say("stopped node: " + times + " s, " + cluster.course(node.id(), begin));
      cluster.settle(members);
    }
    table.times("stopped node (sockets closed) removed by all", times, 0.5);
  }

  /** A process of its own, killed by the kernel. */
  private void killed() {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (ChildNode child = newChild("killed-" + round)) {
        cluster.settle(members + 1);
        Cluster.pause(3_000);
        cluster.ends(child.id());
        long begin = System.nanoTime();
        child.kill();
        times.add(cluster.await(begin, LONG, other -> !Cluster.has(other, child.id())));
        say("killed process: " + times + " s, " + cluster.course(child.id(), begin));
      }
      cluster.settle(members);
    }
    table.times("killed process (kill -9) removed by all", times, 0.5);
  }

  private void paused(int seconds) {
    int before = cluster.wrongDeaths();
    try (ChildNode child = newChild("paused-" + seconds)) {
      cluster.settle(members + 1);
      Cluster.pause(3_000);
      child.signal("STOP");
      long begin = System.nanoTime();
      Cluster.pause(seconds * 1_000L);
      child.signal("CONT");
      Cluster.pause(10_000);
      say("paused for " + seconds + " s: " + cluster.course(child.id(), begin));
      int deaths = cluster.wrongDeaths() - before + child.deaths();
      table.value("wrong deaths, a process stopped for " + seconds + " s", deaths, "", 0);
      cluster.ends(child.id());
    }
    cluster.await(System.nanoTime(), LONG, other -> other.members().members().size() == members);
    cluster.settle(members);
  }

  private ChildNode newChild(String name) {
    return new ChildNode(
        name, InetAddress.getLoopbackAddress().getHostAddress(), cluster.seeds(), List.of());
  }

  /** Nothing happens, for a minute. */
  private void rest() {
    // Until listeners' threads have gone and the compiler has calmed down.
    Cluster.pause(15_000);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Map<Counter, Long> before = counters();
    long cpuBefore = system.getProcessCpuTime();
    long begin = System.nanoTime();
    Cluster.pause(REST_SECONDS * 1_000L);
    double took = Cluster.seconds(begin, System.nanoTime());
    double cpu = (system.getProcessCpuTime() - cpuBefore) / 1e9;
    Map<Counter, Long> after = counters();
    after.replaceAll((counter, count) -> count - before.get(counter));
    double share = took * members;
    say("at rest, for each member and second:");
    after.forEach(
        (counter, count) -> {
          if (count != 0) {
            System.out.printf("  %s %.3f%n", counter, count / share);
          }
        });
    double bytes = after.get(Counter.DATAGRAM_BYTES_SENT) + after.get(Counter.FRAME_BYTES_SENT);
    double packets = after.get(Counter.DATAGRAMS_SENT) + after.get(Counter.FRAMES_SENT);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
    table.value("at rest, sent per member", bytes / share, "B/s", 150);
    table.value("at rest, sent per member", packets / share, "packets/s");
    table.value("CPU per member, of one core", 100 * cpu / share, "%", 0.05);
    table.value("threads per member", (double) threads / members, "", 3);
  }

  private Map<Counter, Long> counters() {
    Map<Counter, Long> sums = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      long sum = 0;
      for (GossipNode node : cluster.nodes()) {
        sum += node.stats().count(counter);
      }
      sums.put(counter, sum);
    }
    return sums;
  }

  private void silent() {
    String what = "silent host (all its packets dropped) removed by all";
    String problem = SilentHost.problem();
    if (problem != null) {
      table.skipped(what, problem, "≤ 6 s");
      return;
    }
    say("silent host, in network namespaces");
    table.times(what, SilentHost.measure(members, rounds), 6);
  }
}
