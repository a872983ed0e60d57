package io.gossip.membership;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A member as one node sees it at one moment. Immutable; safe for any thread.
 *
 * @param id its name
 * @param generation start of its process, in milliseconds since 1970
 * @param incarnation how often it has refuted in this generation; unsigned
 * @param status how it stands
 * @param address where it listens, UDP and TCP; always resolved
 * @param zone the failure domain it runs in; empty when unknown
 * @param protocol the wire versions it speaks
 * @param stateVersion version of the newest entry of {@code state} that is known; 0 for none
 * @param state its key-value state, ordered by key; unmodifiable, and must be handed in so
 */
public record Member(
    NodeId id,
    long generation,
    int incarnation,
    MemberStatus status,
    InetSocketAddress address,
    String zone,
    ProtocolRange protocol,
    long stateVersion,
    Map<String, String> state) {

  /** Longest zone name, in bytes of UTF-8. */
  public static final int MAX_ZONE_BYTES = 64;

  /**
   * Checks the address. The state is not copied.
   *
   * @throws IllegalArgumentException if the address is not resolved
   */
  public Member {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("address must be resolved, but was " + address);
    }
  }

  /** The life this record is about. */
  public Identity identity() {
    return new Identity(id, generation);
  }

  /**
   * Whether this record takes precedence over {@code other} of the same id (design: precedence).
   */
  public boolean supersedes(Member other) {
    return Precedence.compare(this, other) > 0;
  }

  /** The same member with another status. */
  public Member with(MemberStatus newStatus) {
    return new Member(
        id, generation, incarnation, newStatus, address, zone, protocol, stateVersion, state);
  }

  /** The same member with another status and incarnation. */
  public Member with(MemberStatus newStatus, int newIncarnation) {
    return new Member(
        id, generation, newIncarnation, newStatus, address, zone, protocol, stateVersion, state);
  }

  /** The same member with another state. */
  public Member withState(long newVersion, Map<String, String> newState) {
    return new Member(
        id, generation, incarnation, status, address, zone, protocol, newVersion, newState);
  }

  @Override
  public String toString() {
    return id
        + "@"
        + generation
        + "."
        + Integer.toUnsignedString(incarnation)
        + " "
        + status
        + " at "
        + address.getAddress().getHostAddress()
        + ":"
        + address.getPort();
  }
}
