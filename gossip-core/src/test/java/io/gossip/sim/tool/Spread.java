package io.gossip.sim.tool;

import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How marked updates spread; told of every event, it looks at nobody's view. */
final class Spread {
  private final Map<NodeId, List<Mark>> bySubject = new HashMap<>(); // looked up only
  private final List<Mark> marks = new ArrayList<>();

  /** One update, and who has it since when. */
  static final class Mark {
    private final Resident subject;
    private final Duration at;
    private final long generation;
    private final long version;
    private final BitSet holders = new BitSet();
    private int[] slots = new int[16];
    private long[] times = new long[16];
    private int count;

    private Mark(Resident subject, Duration at, long generation, long version) {
      this.subject = subject;
      this.at = at;
      this.generation = generation;
      this.version = version;
    }

    private void hold(int slot, Duration now) {
      if (holders.get(slot)) {
        return;
      }
      holders.set(slot);
      if (count == slots.length) {
        slots = Arrays.copyOf(slots, 2 * count);
        times = Arrays.copyOf(times, 2 * count);
      }
      slots[count] = slot;
      times[count++] = now.minus(at).toNanos();
    }

    Resident subject() {
      return subject;
    }

    /** What a node said right before it ended may be lost with it. */
    private boolean isOfALivingNode() {
      return subject.isRunning() && subject.since().compareTo(at) <= 0;
    }

    /** When it was made. */
    Duration at() {
      return at;
    }

    /**
     * When this share of the nodes had it, from the update on; {@code null} if never. Counts the
     * nodes that ran from the update to the end.
     */
    @Nullable Duration reached(double share, List<Resident> residents) {
      BitSet eligible = eligible(residents);
      int wanted = (int) Math.ceil(share * eligible.cardinality() - 1e-9);
      int found = 0;
      for (int i = 0; i < count; i++) {
        if (eligible.get(slots[i]) && ++found >= wanted) {
          return Duration.ofNanos(times[i]);
        }
      }
      return wanted == 0 ? Duration.ZERO : null;
    }

    /** How many of the nodes that ran all the while never had it. */
    int residue(List<Resident> residents) {
      BitSet without = eligible(residents);
      without.andNot(holders);
      return without.cardinality();
    }

    /** Share of the nodes that had it, over time. */
    Series curve(List<Resident> residents) {
      Series curve = new Series("spread", "seconds", "% of nodes");
      BitSet eligible = eligible(residents);
      int all = eligible.cardinality();
      int found = 0;
      for (int i = 0; i < count; i++) {
        if (eligible.get(slots[i])) {
          curve.add(times[i] / 1e9, 100.0 * ++found / all);
        }
      }
      return curve;
    }

    private BitSet eligible(List<Resident> residents) {
      BitSet eligible = new BitSet();
      for (Resident resident : residents) {
        if (resident.isRunning() && resident.since().compareTo(at) <= 0) {
          eligible.set(resident.slot());
        }
      }
      return eligible;
    }
  }

  /**
   * A node is about to change its state.
   *
   * @param now in the time of the simulation
   */
  void mark(Resident subject, Duration now) {
    Member self = subject.node().self();
    Mark mark = new Mark(subject, now, self.generation(), self.stateVersion() + 1);
    mark.hold(subject.slot(), now);
    marks.add(mark);
    bySubject.computeIfAbsent(self.id(), id -> new ArrayList<>()).add(mark);
  }

  /** An observer has a new record of a member. */
  void saw(Resident observer, Member member, Duration now) {
    List<Mark> about = bySubject.get(member.id());
    if (about == null) {
      return;
    }
    for (int i = 0; i < about.size(); i++) {
      Mark mark = about.get(i);
      if (mark.generation == member.generation() && member.stateVersion() >= mark.version) {
        mark.hold(observer.slot(), now);
      }
    }
  }

  /** The marked updates of nodes that still run, in the order of time. */
  List<Mark> marks() {
    List<Mark> counted = new ArrayList<>();
    for (Mark mark : marks) {
      if (mark.isOfALivingNode()) {
        counted.add(mark);
      }
    }
    return counted;
  }

  /** The longest that any update took to this share of the nodes; {@code null} if one never did. */
  @Nullable Duration slowest(double share, List<Resident> residents) {
    Duration slowest = Duration.ZERO;
    for (Mark mark : marks()) {
      Duration took = mark.reached(share, residents);
      if (took == null) {
        return null;
      }
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    return slowest;
  }

  /** The update that took longest to all, or one that never came to all; {@code null} if none. */
  @Nullable Mark worst(List<Resident> residents) {
    Mark worst = null;
    Duration slowest = null;
    for (Mark mark : marks()) {
      Duration took = mark.reached(1, residents);
      if (took == null) {
        return mark;
      }
      if (slowest == null || took.compareTo(slowest) > 0) {
        slowest = took;
        worst = mark;
      }
    }
    return worst;
  }
}
