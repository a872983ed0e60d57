package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/**
 * What the node counts and measures, as meters; docs/observability/METERS.md lists them. No meter
 * carries the name of a member.
 */
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
    phases(registry);
    probes(registry);
    syncs(registry);
    queue(registry);
    CounterMeters.bind(node, registry);
    TrafficMeters.bind(node, registry);
    ReportMeters.bind(reports, registry);
  }

  private void members(MeterRegistry registry) {
    member(registry, "alive", MemberStatus.ALIVE);
    member(registry, "suspect", MemberStatus.SUSPECT);
    member(registry, "left", MemberStatus.LEFT);
    member(registry, "failed", MemberStatus.DEAD);
  }

  private void member(MeterRegistry registry, String state, MemberStatus status) {
    Gauge.builder("gossip.members", node, n -> n.members().count(status))
        .description("Members of the cluster as this node sees it, itself included")
        .tag("state", state)
        .register(registry);
  }

  private void phases(MeterRegistry registry) {
    for (Phase phase : Phase.values()) {
      Gauge.builder("gossip.phase", node, n -> n.phase() == phase ? 1 : 0)
          .description("1 for where this node is in its life, 0 for all else")
          .tag("phase", TrafficMeters.tag(phase))
          .register(registry);
    }
  }

  private void probes(MeterRegistry registry) {
    probe(registry, "direct", "success", Counter.PROBES_DIRECT);
    probe(registry, "indirect", "success", Counter.PROBES_INDIRECT);
    probe(registry, "tcp", "success", Counter.PROBES_STREAM);
    probe(registry, "all", "timeout", Counter.PROBES_FAILED);
  }

  private void probe(MeterRegistry registry, String kind, String outcome, Counter path) {
    timer("gossip.probe.duration", path)
        .description("Time from the beginning of a probe to its answer, or to its failure")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .register(registry);
  }

  private void syncs(MeterRegistry registry) {
    sync(registry, "success", Counter.SYNCS_FINISHED);
    sync(registry, "failure", Counter.SYNCS_UNFINISHED);
  }

  private void sync(MeterRegistry registry, String outcome, Counter end) {
    timer("gossip.sync.duration", end)
        .description("Time from the beginning of a repair until both sides have the same view")
        .tag("outcome", outcome)
        .register(registry);
  }

  private FunctionTimer.Builder<GossipNode> timer(String name, Counter outcome) {
    return FunctionTimer.builder(
        name,
        node,
        n -> n.stats().count(outcome),
        n -> n.stats().nanos(outcome),
        TimeUnit.NANOSECONDS);
  }

  private void queue(MeterRegistry registry) {
    Gauge.builder("gossip.events.queue", node, GossipNode::eventsWaiting)
        .description("Events that wait for the listener that is furthest behind")
        .register(registry);
  }
}
