package io.gossip.netty;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.SwimConfig;
import io.gossip.wire.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one run of a node goes by.
 *
 * @param generation start of this run, in milliseconds since 1970, above any earlier run's
 * @param state what the member announces first; unmodifiable, ordered by key
 * @param bindHost {@code null} for all addresses
 * @param bindPort the first port to try; 0 for any
 * @param portAttempts ports to try from there
 */
public record RunSettings(
    NodeId id,
    long generation,
    String zone,
    Map<String, String> state,
    SwimConfig swim,
    List<Seed> seeds,
    @Nullable InetAddress bindHost,
    int bindPort,
    int portAttempts,
    AddressPreference address,
    TransportType transport) {

  /** The member as it announces itself first. */
  public Member self(InetSocketAddress advertised) {
    return new Member(
        id, generation, 0, MemberStatus.ALIVE, advertised, zone, Protocol.RANGE, 0, state);
  }

  /** The same, for a new run. */
  public RunSettings run(long newGeneration, Map<String, String> newState) {
    return new RunSettings(
        id,
        newGeneration,
        zone,
        newState,
        swim,
        seeds,
        bindHost,
        bindPort,
        portAttempts,
        address,
        transport);
  }
}
