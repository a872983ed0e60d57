package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.swim.SwimStats.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the state machine counts, as meters: a row for each of its counters. */
final class CounterMeters {

  /** One counter, and the meter that shows it. */
  record Row(Counter counter, String name, Tags tags, @Nullable String unit, String description) {}

  private static final String PROBES = "Probes, by what answered them";
  private static final String WRONG = "Verdicts that turned out wrong, of anybody";
  private static final String DEATHS = "Members declared dead by this node, by what showed it";
  private static final String HELD = "Verdicts put off, by why";
  private static final String JOINS = "Attempts of this node to join, by what came of them";
  private static final String JOINERS =
      "Members that asked this node to join, by what became of it";
  private static final String PACKETS = "Datagrams and frames that went over the wire";
  private static final String BYTES = "Bytes that UDP and TCP carried";
  private static final String DROPPED = TrafficMeters.DROPPED;

  static final List<Row> ROWS =
      List.of(
          row(Counter.PROBES, "gossip.probes.started", "Probes begun"),
          row(Counter.PROBES_DIRECT, "gossip.probes", PROBES, "outcome", "direct"),
          row(Counter.PROBES_INDIRECT, "gossip.probes", PROBES, "outcome", "indirect"),
          row(Counter.PROBES_STREAM, "gossip.probes", PROBES, "outcome", "tcp"),
          row(Counter.PROBES_FAILED, "gossip.probes", PROBES, "outcome", "failed"),
          row(Counter.PROBES_DISCARDED, "gossip.probes", PROBES, "outcome", "discarded"),
          row(Counter.PAUSES, "gossip.pauses", "Pauses of this process noticed"),
          row(Counter.SUSPICIONS, "gossip.suspicions", "Suspicions raised by this node"),
          row(Counter.DEATHS_DECLARED, "gossip.deaths", DEATHS, "evidence", "silence"),
          row(Counter.DEATHS_PROVEN, "gossip.deaths", DEATHS, "evidence", "proof"),
          row(Counter.REFUTATIONS, "gossip.refutations", "Accusations of this node it refuted"),
          row(Counter.FALSE_SUSPICIONS, "gossip.false.positives", WRONG, "kind", "suspicion"),
          row(Counter.FALSE_DEATHS, "gossip.false.positives", WRONG, "kind", "death"),
          row(
              Counter.ACCUSERS_SILENCED,
              "gossip.accusers.silenced",
              "Members whose accusations are not heard for a while, as too many were refuted"),
          row(Counter.VERDICTS_BRAKED, "gossip.verdicts.held", HELD, "reason", "brake"),
          row(Counter.VERDICTS_HELD, "gossip.verdicts.held", HELD, "reason", "deaf"),
          row(Counter.VERDICTS_HELD_BY_ZONE, "gossip.verdicts.held", HELD, "reason", "zone"),
          row(Counter.LAST_LOOKS_SAVED, "gossip.verdicts.held", HELD, "reason", "last-look"),
          row(Counter.ZONES_HELD, "gossip.zones.held", "Zones and regions found to be cut off"),
          row(
              Counter.PATHS_NARROW,
              "gossip.paths.narrowed",
              "Findings that large datagrams do not reach a member, though small ones do"),
          row(Counter.LINKS_OPENED, "gossip.watch.links.opened", "Watch links tried"),
          row(
              Counter.LINKS_LOST,
              "gossip.watch.links.lost",
              "Watch links that ended without a word"),
          row(
              Counter.WATCHERS_REFUSED,
              "gossip.watch.links.refused",
              "Watch links of others refused, because there were too many"),
          row(Counter.SYNCS, "gossip.syncs", "Repairs of the view begun"),
          row(
              Counter.RUMORS_DROPPED,
              "gossip.broadcasts.dropped",
              "Updates no longer told, because too many were waiting"),
          row(
              Counter.ROUNDS_CAPPED,
              "gossip.rounds.capped",
              "Rounds of gossip not made because of the bandwidth cap"),
          row(Counter.JOINS_ACCEPTED, "gossip.join.attempts", JOINS, "outcome", "accepted"),
          row(Counter.JOINS_FAILED, "gossip.join.attempts", JOINS, "outcome", "failed"),
          row(Counter.JOINERS_ACCEPTED, "gossip.joiners", JOINERS, "outcome", "accepted"),
          row(Counter.JOINERS_REFUSED, "gossip.joiners", JOINERS, "outcome", "refused"),
          row(
              Counter.JOINERS_SAMPLED,
              "gossip.joiners.sampled",
              "Members taken in with a few of the others only, because many joined at once"),
          row(
              Counter.TOMBSTONES_DROPPED,
              "gossip.tombstones.dropped",
              "Tombstones dropped early because there were too many"),
          row(
              Counter.PACKETS_HANDLED,
              "gossip.packets.handled",
              "Packets of which all known messages were read"),
          row(
              Counter.MESSAGES_SKIPPED,
              "gossip.messages.dropped",
              DROPPED,
              "reason",
              "unknown-type"),
          row(Counter.MESSAGES_LOST, "gossip.messages.dropped", DROPPED, "reason", "cut-off"),
          packets(Counter.DATAGRAMS_SENT, "sent", "udp"),
          packets(Counter.DATAGRAMS_RECEIVED, "received", "udp"),
          packets(Counter.FRAMES_SENT, "sent", "tcp"),
          packets(Counter.FRAMES_RECEIVED, "received", "tcp"),
          bytes(Counter.DATAGRAM_BYTES_SENT, "sent", "udp"),
          bytes(Counter.DATAGRAM_BYTES_RECEIVED, "received", "udp"),
          bytes(Counter.FRAME_BYTES_SENT, "sent", "tcp"),
          bytes(Counter.FRAME_BYTES_RECEIVED, "received", "tcp"));

  private CounterMeters() {}

  private static Row row(Counter counter, String name, String description, String... tags) {
    return new Row(counter, name, Tags.of(tags), null, description);
  }

  private static Row packets(Counter counter, String direction, String transport) {
    return row(counter, "gossip.packets", PACKETS, "direction", direction, "transport", transport);
  }

  private static Row bytes(Counter counter, String direction, String transport) {
    Tags tags = Tags.of("direction", direction, "transport", transport);
    return new Row(counter, "gossip.network.io", tags, "bytes", BYTES);
  }

  static void bind(GossipNode node, MeterRegistry registry) {
    for (Row row : ROWS) {
      FunctionCounter.builder(row.name, node, n -> n.stats().count(row.counter))
          .description(row.description)
          .tags(row.tags)
          .baseUnit(row.unit)
          .register(registry);
    }
  }
}
