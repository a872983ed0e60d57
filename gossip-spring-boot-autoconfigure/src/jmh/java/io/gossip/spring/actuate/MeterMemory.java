package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.service.Members;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Heap that a node's meters keep: many sets of them are made, and what the collector leaves is
 * divided. Services have eight instances each.
 */
final class MeterMemory {

  private static final int SETS = 200;
  private static final int INSTANCES = 8;

  private MeterMemory() {}

  /** Prints a table. */
  public static void main(String[] args) {
    System.out.printf("%-12s %8s %12s%n", "registry", "members", "bytes/node");
    for (int members : new int[] {1, 100, 1_000}) {
      Membership view = view(members);
      print("Simple", members, i -> new Meters(new SimpleMeterRegistry(), view));
      print(
          "Prometheus",
          members,
          i -> new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), view));
      print("(registry)", members, i -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }
  }

  private static void print(String name, int members, IntFunction<Object> make) {
    List<Object> warm = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      warm.add(make.apply(i)); // what is loaded and cached once is none of a node's
    }
    warm.clear();
    List<Object> kept = new ArrayList<>(SETS);
    long before = used();
    for (int i = 0; i < SETS; i++) {
      kept.add(make.apply(i));
    }
    long bytes = (used() - before) / kept.size();
    System.out.printf("%-12s %8d %,12d%n", name, members, bytes);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static Membership view(int size) {
    Member[] others = new Member[size - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = Members.serving("member-" + i, "service-" + i / INSTANCES, 8080);
    }
    return Members.view(Members.member("self", Map.of()), others);
  }

  /** All that belongs to one node, apart from the node. */
  private static final class Meters {

    private static final GossipNode NODE = GossipNode.builder().id("self").build();

    private final MeterRegistry registry;
    private final Reports reports = new Reports(NODE);
    private final GossipMeterBinder binder = new GossipMeterBinder(NODE, reports);
    private final ServiceGauges services;

    Meters(MeterRegistry registry, Membership view) {
      this.registry = registry;
      registry.config().meterFilter(new ClusterTag("shop"));
      binder.bindTo(registry);
      services = new ServiceGauges(registry);
      services.resync(view);
    }
  }
}
