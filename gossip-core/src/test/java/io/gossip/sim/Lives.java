package io.gossip.sim;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each member has said of itself: nobody else may know more (S2, ownership). Filled from the
 * members' own records, which are looked at before anything they sent can have arrived.
 *
 * <p>Every name that was ever borne has a number here, counted from 0, so that who watches
 * thousands of members can keep them in arrays.
 */
@SuppressWarnings("ReferenceEquality") // the same object was looked at before
final class Lives {
  // Looked up, never walked through: hash order cannot show.
  private final Map<Identity, Life> lives = new HashMap<>();
  private final Map<NodeId, Integer> numbers = new HashMap<>();

  private static final class Life {
    final String cluster;
    InetSocketAddress address;
    String zone;
    int incarnation;
    long stateVersion;
    Map<String, String> state;
    final Set<String> written = new HashSet<>();
    @Nullable Member said;
    @Nullable Member faultless;

    Life(String cluster, Member self) {
      this.cluster = cluster;
      address = self.address();
      zone = self.zone();
      state = self.state();
    }
  }

  /** How many names have been borne. */
  int count() {
    return numbers.size();
  }

  /** The number of a name; -1 if nobody ever bore it. */
  int number(NodeId id) {
    return numbers.getOrDefault(id, -1);
  }

  /** A member's own record, after each change of it. */
  void said(String cluster, Member self) {
    numbers.putIfAbsent(self.id(), numbers.size());
    Life life = lives.computeIfAbsent(self.identity(), identity -> new Life(cluster, self));
    if (life.said == self) {
      return;
    }
    life.said = self;
    life.faultless = null;
    if (Integer.compareUnsigned(self.incarnation(), life.incarnation) > 0) {
      life.incarnation = self.incarnation();
    }
    life.address = self.address();
    life.zone = self.zone();
    life.stateVersion = self.stateVersion();
    life.state = self.state();
    self.state().forEach((key, value) -> life.written.add(key + '\0' + value));
  }

  /**
   * Checks a record that another keeps of a member.
   *
   * @throws Violation if the member never said so (S2) or is of another cluster (S7)
   */
  void check(NodeId observer, String cluster, Member seen) {
    Life life = lives.get(seen.identity());
    if (life != null && !life.cluster.equals(cluster)) {
      throw new Violation("S7: " + observer + " sees " + seen + " of cluster " + life.cluster);
    }
    if (life != null && life.faultless == seen) {
      return;
    }
    String fault = life == null ? "nobody has ever been " + seen.identity() : fault(seen, life);
    if (fault != null) {
      throw new Violation("S2: " + observer + " sees " + seen + ", but " + fault);
    }
    if (life != null) {
      life.faultless = seen;
    }
  }

  private static @Nullable String fault(Member seen, Life life) {
    if (Integer.compareUnsigned(seen.incarnation(), life.incarnation) > 0) {
      return "it never raised its incarnation above " + Integer.toUnsignedString(life.incarnation);
    }
    if (!seen.address().equals(life.address) || !seen.zone().equals(life.zone)) {
      return "it is at " + life.address + " in zone '" + life.zone + "'";
    }
    if (seen.stateVersion() > life.stateVersion) {
      return "its state never had a version above " + life.stateVersion;
    }
    if (seen.stateVersion() == life.stateVersion && !seen.state().equals(life.state)) {
      return "its state " + life.stateVersion + " is " + life.state + ", not " + seen.state();
    }
    for (Map.Entry<String, String> entry : seen.state().entrySet()) {
      if (!life.written.contains(entry.getKey() + '\0' + entry.getValue())) {
        return "it never wrote " + entry;
      }
    }
    return null;
  }
}
