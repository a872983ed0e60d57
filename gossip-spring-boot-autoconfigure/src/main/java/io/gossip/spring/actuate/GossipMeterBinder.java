package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.MemberStatus;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.MessageType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the node counts, as meters. No meter carries the name of a member. */
public final class GossipMeterBinder implements MeterBinder {

  private final GossipNode node;
  private final Reports reports;

  /** Reads from this node. */
  public GossipMeterBinder(GossipNode node, Reports reports) {
    this.node = node;
    this.reports = reports;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    members(registry);
    probes(registry);
    traffic(registry);
    health(registry);
  }

  private void members(MeterRegistry registry) {
    member(registry, "alive", MemberStatus.ALIVE);
    member(registry, "suspect", MemberStatus.SUSPECT);
    member(registry, "left", MemberStatus.LEFT);
    member(registry, "failed", MemberStatus.DEAD);
  }

  private void member(MeterRegistry registry, String state, MemberStatus status) {
    Gauge.builder("gossip.members", node, n -> n.members().count(status))
        .description("Members of the cluster as this node sees it")
        .tag("state", state)
        .register(registry);
  }

  private void probes(MeterRegistry registry) {
    String probes = "gossip.probes";
    counter(
        registry, probes, "Probes by how they ended", "outcome", "direct", Counter.PROBES_DIRECT);
    counter(
        registry,
        probes,
        "Probes by how they ended",
        "outcome",
        "indirect",
        Counter.PROBES_INDIRECT);
    counter(registry, probes, "Probes by how they ended", "outcome", "tcp", Counter.PROBES_STREAM);
    counter(
        registry, probes, "Probes by how they ended", "outcome", "failed", Counter.PROBES_FAILED);
    counter(
        registry,
        probes,
        "Probes by how they ended",
        "outcome",
        "discarded",
        Counter.PROBES_DISCARDED);
    counter(registry, "gossip.pauses", "Pauses of this process noticed", Counter.PAUSES);
    counter(registry, "gossip.suspicions", "Suspicions raised by this node", Counter.SUSPICIONS);
    counter(
        registry, "gossip.deaths", "Members declared dead by this node", Counter.DEATHS_DECLARED);
    counter(
        registry,
        "gossip.refutations",
        "Accusations of this node that it refuted",
        Counter.REFUTATIONS);
    String wrong = "gossip.false.positives";
    counter(
        registry,
        wrong,
        "Verdicts that turned out wrong",
        "kind",
        "suspicion",
        Counter.FALSE_SUSPICIONS);
    counter(
        registry, wrong, "Verdicts that turned out wrong", "kind", "death", Counter.FALSE_DEATHS);
    Gauge.builder("gossip.watch.links", reports, r -> read(r, n -> n.swim().watched()))
        .description("Members watched over TCP connections")
        .register(registry);
    counter(
        registry,
        "gossip.watch.links.lost",
        "Watch links that ended without a word",
        Counter.LINKS_LOST);
    String held = "gossip.verdicts.held";
    counter(registry, held, "Verdicts put off", "reason", "brake", Counter.VERDICTS_BRAKED);
    counter(registry, held, "Verdicts put off", "reason", "deaf", Counter.VERDICTS_HELD);
    counter(registry, held, "Verdicts put off", "reason", "last-look", Counter.LAST_LOOKS_SAVED);
  }

  private void traffic(MeterRegistry registry) {
    for (MessageType type : MessageType.values()) {
      String name = tag(type);
      message(registry, "sent", name, n -> n.stats().sent(type));
      message(registry, "received", name, n -> n.stats().received(type));
    }
    for (Drop reason : Drop.values()) {
      FunctionCounter.builder("gossip.messages.dropped", node, n -> n.stats().dropped(reason))
          .description("Packets and messages not used")
          .tag("reason", tag(reason))
          .register(registry);
    }
    for (ShellStats.Counter event : ShellStats.Counter.values()) {
      FunctionCounter.builder("gossip.shell", node, n -> n.shellStats().count(event))
          .description("What sockets, streams and listeners counted")
          .tag("event", tag(event))
          .register(registry);
    }
    for (Refusals.Reason reason : Refusals.Reason.values()) {
      FunctionCounter.builder("gossip.refused", node, n -> n.protection().refusals().count(reason))
          .description("Packets and streams refused before they were read")
          .tag("reason", tag(reason))
          .register(registry);
    }
    bytes(registry, "sent", "udp", Counter.DATAGRAM_BYTES_SENT);
    bytes(registry, "received", "udp", Counter.DATAGRAM_BYTES_RECEIVED);
    bytes(registry, "sent", "tcp", Counter.FRAME_BYTES_SENT);
    bytes(registry, "received", "tcp", Counter.FRAME_BYTES_RECEIVED);
    packets(registry, "sent", "udp", Counter.DATAGRAMS_SENT);
    packets(registry, "received", "udp", Counter.DATAGRAMS_RECEIVED);
    packets(registry, "sent", "tcp", Counter.FRAMES_SENT);
    packets(registry, "received", "tcp", Counter.FRAMES_RECEIVED);
  }

  private void message(
      MeterRegistry registry, String direction, String type, ToDoubleFunction<GossipNode> count) {
    FunctionCounter.builder("gossip.messages", node, count)
        .description("Messages by type")
        .tag("direction", direction)
        .tag("type", type)
        .register(registry);
  }

  private void bytes(MeterRegistry registry, String direction, String transport, Counter counter) {
    FunctionCounter.builder("gossip.network.io", node, n -> n.stats().count(counter))
        .description("Bytes on the wire")
        .baseUnit("bytes")
        .tag("direction", direction)
        .tag("transport", transport)
        .register(registry);
  }

  private void packets(
      MeterRegistry registry, String direction, String transport, Counter counter) {
    FunctionCounter.builder("gossip.packets", node, n -> n.stats().count(counter))
        .description("Packets on the wire")
        .tag("direction", direction)
        .tag("transport", transport)
        .register(registry);
  }

  private void health(MeterRegistry registry) {
    Gauge.builder("gossip.local.health", reports, r -> read(r, n -> n.swim().localHealth()))
        .description("Lifeguard's local health score; 0 is healthy")
        .register(registry);
    Gauge.builder("gossip.broadcasts.pending", reports, r -> read(r, n -> n.swim().rumors()))
        .description("Updates waiting to be told")
        .register(registry);
    Gauge.builder("gossip.view.agreement", reports, r -> read(r, n -> n.swim().agreeing()))
        .description("Share of the members heard lately that have the same view")
        .register(registry);
    counter(registry, "gossip.syncs", "Repairs of the view begun", Counter.SYNCS);
    FunctionCounter.builder("gossip.join.attempts", node, GossipMeterBinder::refusedJoins)
        .description("Attempts to join by what came of them")
        .tag("outcome", "failed")
        .register(registry);
    counter(
        registry,
        "gossip.join.attempts",
        "Attempts to join by what came of them",
        "outcome",
        "accepted",
        Counter.JOINS_ACCEPTED);
  }

  private static double refusedJoins(GossipNode node) {
    long attempted = node.stats().count(Counter.JOINS_ATTEMPTED);
    return Math.max(0, attempted - node.stats().count(Counter.JOINS_ACCEPTED));
  }

  private static double read(Reports reports, ToDoubleFunction<NodeReport> value) {
    NodeReport report = reports.recent();
    return report == null ? Double.NaN : value.applyAsDouble(report);
  }

  private void counter(MeterRegistry registry, String name, String description, Counter counter) {
    FunctionCounter.builder(name, node, n -> n.stats().count(counter))
        .description(description)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      String tag,
      String value,
      Counter counter) {
    FunctionCounter.builder(name, node, n -> n.stats().count(counter))
        .description(description)
        .tag(tag, value)
        .register(registry);
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
