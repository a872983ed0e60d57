package io.gossip;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Nodes of one cluster on this machine's loopback address, quick ones; closed together. */
final class LoopbackNodes implements AutoCloseable {

  static final SwimConfig QUICK =
      SwimConfig.local().toBuilder()
          .probeInterval(Duration.ofMillis(200))
          .probeTimeout(Duration.ofMillis(100))
          .gossipInterval(Duration.ofMillis(50))
          .eagerInterval(Duration.ofMillis(10))
          .joinRetryInitial(Duration.ofMillis(100))
          .joinRetryMax(Duration.ofSeconds(1))
          .build();

  private final InetAddress host;
  private final List<GossipNode> nodes = new ArrayList<>();

  LoopbackNodes() {
    this(InetAddress.getLoopbackAddress());
  }

  LoopbackNodes(InetAddress host) {
    this.host = host;
  }

  /** A node of this name, not started. */
  GossipNode build(String name, UnaryOperator<GossipNodeBuilder> more) {
    GossipNode node =
        more.apply(
                GossipNode.builder()
                    .id(name)
                    .cluster("loopback-test")
                    .swim(QUICK.toBuilder().cluster("loopback-test").build())
                    .bindHost(host)
                    .bindPort(0))
            .build();
    nodes.add(node);
    return node;
  }

  /** A node of this name that has started, with the others as its seeds. */
  GossipNode start(String name) {
    return start(name, builder -> builder);
  }

  GossipNode start(String name, UnaryOperator<GossipNodeBuilder> more) {
    List<Seed> seeds = new ArrayList<>();
    for (GossipNode node : nodes) {
      if (node.isRunning()) {
        seeds.add(new Seed(host.getHostAddress(), address(node).getPort()));
      }
    }
    GossipNode node = build(name, builder -> more.apply(builder.seeds(seeds)));
    node.start();
    return node;
  }

  /** One of them alone as everybody's seed. */
  List<Seed> seed(GossipNode node) {
    return List.of(new Seed(host.getHostAddress(), address(node).getPort()));
  }

  /** The one of this name that runs. */
  GossipNode running(String name) {
    return nodes.stream()
        .filter(node -> node.isRunning() && node.id().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    for (GossipNode node : nodes) {
      node.stop();
    }
  }

  static InetSocketAddress address(GossipNode node) {
    return node.members().self().address();
  }

  static List<String> names(GossipNode node) {
    return node.members().members().stream().map(m -> m.id().value()).toList();
  }

  static Member find(GossipNode node, String name) {
    return node.members().members().stream()
        .filter(m -> m.id().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a node's listener hears, in words: {@code Joined b}. */
  static List<String> record(GossipNode node) {
    List<String> heard = new CopyOnWriteArrayList<>();
    node.subscribe(
        new MembershipListener() {
          @Override
          public void onEvent(MembershipEvent event, Membership view) {
            heard.add(event.getClass().getSimpleName() + " " + event.member().id());
          }

          @Override
          public void onResync(Membership view, int dropped) {
            heard.add("resync without " + dropped);
          }
        });
    return heard;
  }
}
