package io.gossip.sim;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each member has said of itself: nobody else may know more (S2, ownership). Filled from the
 * members' own records, which are looked at before anything they sent can have arrived.
 */
final class Lives {
  private final Map<Identity, Life> lives = new HashMap<>(); // looked up only

  private static final class Life {
    InetSocketAddress address;
    String zone;
    int incarnation;
    long stateVersion;
    Map<String, String> state;
    final Set<String> written = new HashSet<>();

    Life(Member self) {
      address = self.address();
      zone = self.zone();
      state = self.state();
    }
  }

  /** A member's own record, after each change of it. */
  void said(Member self) {
    Life life = lives.computeIfAbsent(self.identity(), identity -> new Life(self));
    if (Integer.compareUnsigned(self.incarnation(), life.incarnation) > 0) {
      life.incarnation = self.incarnation();
    }
    life.address = self.address();
    life.zone = self.zone();
    life.stateVersion = self.stateVersion();
    life.state = self.state();
    self.state().forEach((key, value) -> life.written.add(key + '\0' + value));
  }

  /** What is wrong with another's record of a member; {@code null} if nothing is. */
  @Nullable String fault(Member seen) {
    Life life = lives.get(seen.identity());
    if (life == null) {
      return "nobody has ever been " + seen.identity();
    }
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
