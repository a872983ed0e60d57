package io.gossip.bench;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.netty.Tls;
import io.gossip.swim.Seed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Real nodes in this process, and what is to be seen in the views of all of them. */
final class Cluster implements AutoCloseable {

  private static final int SEEDS = 3;
  private static final long LOOK_NANOS = 500_000;

  private final InetAddress host;
  private final Tls tls = BenchmarkTls.tls();
  private final List<GossipNode> nodes = new ArrayList<>();
  private final Map<NodeId, Long> suspected = new ConcurrentHashMap<>();
  private final Map<NodeId, Long> failed = new ConcurrentHashMap<>();
  private final Set<NodeId> ended = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> wrongDeaths = new ConcurrentLinkedQueue<>();
  private int names;

  Cluster(InetAddress host) {
    this.host = host;
  }

  /** Adds a node; how long its start took, in seconds. */
  double add() {
    GossipNode node = newNode();
    nodes.add(node);
    long begin = System.nanoTime();
    node.start();
    return seconds(begin, System.nanoTime());
  }

  GossipNode newNode() {
    GossipNode node =
        GossipNode.builder()
            .id("member-" + ++names)
            .cluster(ChildNode.CLUSTER)
            .bindHost(host)
            .bindPort(0)
            .encryption(ChildNode.encryption())
            .signing(ChildNode.signing())
            .tls(tls)
            .seeds(seeds())
            .build();
    node.subscribe((event, view) -> see(node, event));
    return node;
  }

  /** An addition that was made by other means than {@link #add}. */
  void admit(GossipNode node) {
    nodes.add(node);
  }

  List<Seed> seeds() {
    List<Seed> seeds = new ArrayList<>();
    for (int i = 0; i < nodes.size() && i < SEEDS; i++) {
      InetSocketAddress address = nodes.get(i).members().self().address();
      seeds.add(new Seed(address.getAddress().getHostAddress(), address.getPort()));
    }
    return seeds;
  }

  private void see(GossipNode by, MembershipEvent event) {
    NodeId id = event.member().id();
    if (event instanceof MembershipEvent.Suspected) {
      suspected.putIfAbsent(id, System.nanoTime());
    } else if (event instanceof MembershipEvent.Failed dead) {
      failed.putIfAbsent(id, System.nanoTime());
      if (!ended.contains(id)) {
        wrongDeaths.add(by.id() + " took " + id + " for dead: " + dead.reason());
      }
    }
  }

  /** From now on it is right to take this member for dead. */
  void ends(NodeId id) {
    suspected.remove(id);
    failed.remove(id);
    ended.add(id);
  }

  /** Deaths declared of members that lived, as seen by each node. */
  int wrongDeaths() {
    return wrongDeaths.size();
  }

  /** When anybody first suspected the member, and first took it for dead, in seconds after. */
  String course(NodeId id, long since) {
    return "first suspected after "
        + after(suspected.get(id), since)
        + ", first dead after "
        + after(failed.get(id), since);
  }

  /** Why the last wrong deaths were declared. */
  List<String> describeWrongDeaths() {
    return List.copyOf(wrongDeaths);
  }

  List<GossipNode> nodes() {
    return nodes;
  }

  /** Takes the node away from those that are asked; it goes on running. */
  void release(GossipNode node) {
    nodes.remove(node);
  }

  /**
   * Waits until something shows at every node.
   *
   * @return seconds since then; infinite if that was too long
   */
  double await(long since, Duration longest, Predicate<GossipNode> shows) {
    long end = since + longest.toNanos();
    int reached = 0;
    while (System.nanoTime() - end < 0) {
      while (reached < nodes.size() && shows.test(nodes.get(reached))) {
        reached++;
      }
      if (reached == nodes.size()) {
        return seconds(since, System.nanoTime());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Waits until all have the same view of this many members, and a little longer. */
  void settle(int members) {
    double took =
        await(
            System.nanoTime(),
            Duration.ofSeconds(60),
            node ->
                node.members().members().size() == members
                    && node.members().hash() == nodes.get(0).members().hash());
    if (Double.isInfinite(took)) {
      StringBuilder sizes = new StringBuilder();
      for (GossipNode node : nodes) {
        sizes.append(' ').append(node.members().members().size());
      }
      throw new IllegalStateException(
          "all views must come to " + members + " members, but have" + sizes);
    }
    pause(1_500);
  }

  /** Whether the node has the member among the active ones. */
  static boolean has(GossipNode node, NodeId id) {
    return node.members().find(id).isPresent();
  }

  /** Whether the node has this value in the member's state. */
  static boolean has(GossipNode node, NodeId id, String key, String value) {
    Member member = node.members().find(id).orElse(null);
    return member != null && value.equals(member.state().get(key));
  }

  static double seconds(long begin, long end) {
    return (end - begin) / 1e9;
  }

  private static String after(Long at, long since) {
    return at == null ? "never" : String.format("%.2f s", seconds(since, at));
  }

  static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Stops all without leaving: a benchmark's end must not wait for 64 farewells. */
  @Override
  public void close() {
    nodes.forEach(GossipNode::stop);
  }
}
