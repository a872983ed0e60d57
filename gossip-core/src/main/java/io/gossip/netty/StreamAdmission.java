package io.gossip.netty;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many accepted streams there are, and from where: no stranger gets them all. */
final class StreamAdmission {

  private final StreamLimits limits;
  private final Map<InetAddress, Integer> counts = new HashMap<>();
  private int total;

  StreamAdmission(StreamLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts one more stream from there, unless there are too many.
   *
   * <p>Loopback addresses have no bound of their own: all nodes of one machine share one, and
   * nobody else can have it.
   */
  boolean admit(InetAddress from) {
    int others = counts.getOrDefault(from, 0);
    if (isFull() || (others >= limits.perAddress() && !from.isLoopbackAddress())) {
      return false;
    }
    total++;
    counts.put(from, others + 1);
    return true;
  }

  /** Whether there is no room for anybody. */
  boolean isFull() {
    return total >= limits.accepted();
  }

  /** One stream from there has ended. */
  void release(InetAddress from) {
    total--;
    counts.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
  }
}
