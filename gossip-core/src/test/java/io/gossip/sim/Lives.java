package io.gossip.sim;

import io.gossip.membership.Evidence;
import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimStats;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<Long, Life> byHandle = new HashMap<>();
  private boolean somebodyLies;

  private static final class Life {
    final String cluster;
    InetSocketAddress address;
    String zone;
    int incarnation;
    long stateVersion;
    Map<String, String> state;
    final Set<String> written = new HashSet<>();
    final Map<String, Long> changedAt = new HashMap<>(); // the latest it can have been
    final Map<String, List<Removal>> removals = new HashMap<>();
    final SwimStats stats;
    final Set<Charged> charged = new HashSet<>();
    @Nullable Member said;
    @Nullable Member faultless;

    Life(String cluster, Member self, SwimStats stats) {
      this.stats = stats;
      this.cluster = cluster;
      address = self.address();
      zone = self.zone();
      state = self.state();
    }
  }

  /** A key was taken out in a version above one and up to another. */
  private record Removal(long above, long upTo) {}

  /** Something of which somebody was accused. */
  private record Charged(long subject, int incarnation) {}

  /** Whose life goes by this handle, as it last said of itself. */
  @Nullable Member bearer(long handle) {
    Life life = byHandle.get(handle);
    return life == null ? null : life.said;
  }

  /** How many names have been borne. */
  int count() {
    return numbers.size();
  }

  /** The number of a name; -1 if nobody ever bore it. */
  int number(NodeId id) {
    return numbers.getOrDefault(id, -1);
  }

  /**
   * A member's own record, after each change of it.
   *
   * @param stats what its process counts
   */
  void said(String cluster, Member self, SwimStats stats) {
    numbers.putIfAbsent(self.id(), numbers.size());
    Life life = lives.get(self.identity());
    if (life == null) {
      life = new Life(cluster, self, stats);
      lives.put(self.identity(), life);
      byHandle.put(self.identity().handle(), life);
    }
    if (life.said == self) {
      return;
    }
    noteChanges(life, self);
    life.said = self;
    life.faultless = null;
    if (Integer.compareUnsigned(self.incarnation(), life.incarnation) > 0) {
      life.incarnation = self.incarnation();
    }
    life.address = self.address();
    life.zone = self.zone();
    life.stateVersion = self.stateVersion();
    life.state = self.state();
    for (Map.Entry<String, String> entry : self.state().entrySet()) {
      life.written.add(entry.getKey() + '\0' + entry.getValue());
    }
  }

  private static void noteChanges(Life life, Member self) {
    Map<String, String> before = life.said == null ? Map.of() : life.state;
    for (Map.Entry<String, String> entry : self.state().entrySet()) {
      if (!entry.getValue().equals(before.get(entry.getKey()))) {
        life.changedAt.put(entry.getKey(), self.stateVersion());
      }
    }
    for (String key : before.keySet()) {
      if (!self.state().containsKey(key)) {
        life.changedAt.put(key, self.stateVersion());
        life.removals
            .computeIfAbsent(key, k -> new ArrayList<>())
            .add(new Removal(life.stateVersion, self.stateVersion()));
      }
    }
  }

  /** From now on what is heard of accusers may be wrong, and they need no answer. */
  void somebodyLies() {
    somebodyLies = true;
  }

  boolean isSomebodyLying() {
    return somebodyLies;
  }

  /**
   * Checks that those who are said to accuse a member have found it so: nobody's name is used for
   * what it did not find.
   */
  void checkCharges(long subject, int incarnation, List<Update.Charge> charges) {
    if (somebodyLies) {
      return;
    }
    for (Update.Charge charge : charges) {
      Life accuser = byHandle.get(charge.accuser());
      boolean byProbe =
          charge.evidence() == Evidence.SILENT
              || charge.evidence() == Evidence.UNRESPONSIVE
              || charge.evidence() == Evidence.REFUSED;
      if (accuser != null && byProbe && accuser.charged.add(new Charged(subject, incarnation))) {
        long found = accuser.stats.count(Counter.PROBES_FAILED);
        if (accuser.charged.size() > found) {
          throw new Violation(
              "S2: "
                  + accuser.said
                  + " has found "
                  + found
                  + " silent, and is said to accuse more");
        }
      }
    }
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

  /**
   * Checks that who goes from one record of a member to a later one loses no key that the member
   * has kept: a state of which only a part is there is not shown.
   */
  void checkKept(NodeId observer, Member before, Member after) {
    Life life = lives.get(after.identity());
    if (life == null || !before.identity().equals(after.identity())) {
      return;
    }
    for (String key : before.state().keySet()) {
      boolean removed = after.state().containsKey(key);
      for (Removal removal : life.removals.getOrDefault(key, List.of())) {
        removed |= removal.upTo > before.stateVersion() && removal.above < after.stateVersion();
      }
      if (!removed) {
        throw new Violation(
            "S2: " + observer + " sees " + after + " after " + before + ", but it kept its " + key);
      }
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
    for (Map.Entry<String, Long> change : life.changedAt.entrySet()) {
      String key = change.getKey();
      if (change.getValue() <= seen.stateVersion()
          && !Objects.equals(life.state.get(key), seen.state().get(key))) {
        return "at " + seen.stateVersion() + " its " + key + " was " + life.state.get(key);
      }
    }
    return null;
  }
}
