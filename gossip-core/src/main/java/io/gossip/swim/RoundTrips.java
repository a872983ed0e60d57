package io.gossip.swim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long to wait for a member's answer: by its own round trips, or by those of its zone while it
 * has none yet. Where each member is probed once in many periods, most pairs have not met when one
 * of them dies.
 */
final class RoundTrips {

  private static final int MAX_ZONES = 1_000;

  private final long floor;
  private final long ceiling;
  private final Map<String, RoundTrip> zones = new LinkedHashMap<>();

  RoundTrips(SwimConfig config) {
    Duration least =
        config.has(Rule.ADAPTIVE_TIMEOUT) ? config.probeTimeoutFloor() : config.probeTimeout();
    this.floor = least.toNanos();
    this.ceiling = config.probeTimeout().toNanos();
  }

  /** A member's answer took so long. */
  void sample(Peer peer, long nanos) {
    peer.sampleRoundTrip(nanos);
    RoundTrip zone = zones.get(peer.member.zone());
    if (zone == null && zones.size() < MAX_ZONES) {
      zone = new RoundTrip();
      zones.put(peer.member.zone(), zone);
    }
    if (zone != null) {
      zone.sample(nanos);
    }
  }

  /** The longest wait, if nothing is known of its zone either. */
  long timeout(Peer peer) {
    RoundTrip zone = zones.get(peer.member.zone());
    return zone == null || peer.roundTrip().isMeasured()
        ? peer.roundTrip().timeout(floor, ceiling)
        : zone.timeout(floor, ceiling);
  }
}
