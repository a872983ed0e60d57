package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.MessageType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Messages, and what was not taken: a meter for each constant of the enum that counts it. */
final class TrafficMeters {

  static final String DROPPED = "Packets and messages not used, by why";

  private TrafficMeters() {}

  static void bind(GossipNode node, MeterRegistry registry) {
    for (MessageType type : MessageType.values()) {
      message(node, registry, "sent", type, n -> n.stats().sent(type));
      message(node, registry, "received", type, n -> n.stats().received(type));
    }
    for (Drop reason : Drop.values()) {
      FunctionCounter.builder("gossip.messages.dropped", node, n -> n.stats().dropped(reason))
          .description(DROPPED)
          .tag("reason", tag(reason))
          .register(registry);
    }
    for (Refusals.Reason reason : Refusals.Reason.values()) {
      FunctionCounter.builder("gossip.refused", node, n -> n.protection().refusals().count(reason))
          .description("Packets and streams refused for the way they came or what they said")
          .tag("reason", tag(reason))
          .register(registry);
    }
    for (ShellStats.Counter event : ShellStats.Counter.values()) {
      shell(node, registry, event);
    }
  }

  private static void message(
      GossipNode node,
      MeterRegistry registry,
      String direction,
      MessageType type,
      ToDoubleFunction<GossipNode> count) {
    FunctionCounter.builder("gossip.messages", node, count)
        .description("Messages in packets, by type")
        .tag("direction", direction)
        .tag("type", tag(type))
        .register(registry);
  }

  private static void shell(GossipNode node, MeterRegistry registry, ShellStats.Counter event) {
    FunctionCounter.Builder<GossipNode> meter =
        switch (event) {
          case EVENTS_DROPPED ->
              counter(
                  node,
                  event,
                  "gossip.events.dropped",
                  "Events dropped because a listener was slow; it starts over from the view");
          case LISTENER_FAILURES ->
              counter(
                  node,
                  event,
                  "gossip.listeners.failed",
                  "Exceptions thrown by listeners of the node");
          case ENGINE_FAULTS ->
              counter(
                  node, event, "gossip.engine.faults", "Exceptions out of the state machine: bugs");
          default ->
              counter(node, event, "gossip.shell", "What befell datagrams, streams and look-ups")
                  .tag("event", tag(event));
        };
    meter.register(registry);
  }

  private static FunctionCounter.Builder<GossipNode> counter(
      GossipNode node, ShellStats.Counter event, String name, String description) {
    return FunctionCounter.builder(name, node, n -> n.shellStats().count(event))
        .description(description);
  }

  /** A constant as the value of a tag. */
  static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
