package io.gossip.swim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How large a packet may be on its way to each member: as large as configured, or small where large
 * ones have been found to vanish ({@link SizeTrials}).
 */
final class PathSizes {

  /**
   * The largest datagram that every network carries whole: the 576 bytes of RFC 791 without the
   * largest IP header and that of UDP.
   */
  static final int SURE_DATAGRAM_BYTES = 508;

  private static final int MAX_NARROW = 1_000;

  private final int large;
  private final int small;

  /** Members that large datagrams do not reach, by when that was found, the earliest first. */
  private final Map<Long, Long> narrow = new LinkedHashMap<>();

  /** Whether the last finding was such: then those of whom nothing is known are taken for alike. */
  private boolean mostlyNarrow;

  PathSizes(SwimConfig config) {
    this.large = config.packetBytes();
    this.small = SURE_DATAGRAM_BYTES - config.datagramOverhead();
  }

  /** What every packet may take as far as this node can say. */
  int large() {
    return large;
  }

  /** What a packet to this member may take. */
  int to(Peer peer) {
    return isNarrow(peer) || (mostlyNarrow && peer.largeHeard() == Peer.NEVER) ? small : large;
  }

  /** Whether large datagrams have been found not to reach this member. */
  boolean isNarrow(Peer peer) {
    return narrow.containsKey(peer.handle);
  }

  /** The member has answered a large datagram. */
  void reached(long now, Peer peer) {
    peer.heardLarge(now);
    narrow.remove(peer.handle);
    mostlyNarrow = false;
  }

  /** Large datagrams do not reach the member. */
  void missed(long now, Peer peer) {
    narrow.remove(peer.handle); // it goes to the end
    if (narrow.size() < MAX_NARROW) {
      narrow.put(peer.handle, now);
    }
    mostlyNarrow = true;
  }

  /** Who it was found of longest ago; {@code null} for nobody. */
  Map.@Nullable Entry<Long, Long> earliest() {
    return narrow.isEmpty() ? null : narrow.entrySet().iterator().next();
  }

  /** Keeps only those members of whom this holds. */
  void retain(LongPredicate kept) {
    narrow.keySet().removeIf(handle -> !kept.test(handle));
    mostlyNarrow &= !narrow.isEmpty();
  }

  /** How many members large datagrams have been found not to reach. */
  int narrowCount() {
    return narrow.size();
  }
}
