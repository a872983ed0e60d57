package io.gossip.sim.tool;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.sim.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the running nodes' views are apart: by their hashes, and for some of them in full. */
final class Divergence {
  private static final int LOOKED_INTO = 4;

  private final Map<String, Moment> moments = new LinkedHashMap<>();
  private final Series series =
      new Series("divergence", "seconds", "% of views that differ", "wrong entries per view");
  private double worst;
  private int suspicious;

  /** Something happened; since when do all agree? */
  private static final class Moment {
    final Duration at;
    @Nullable Duration agreed;

    Moment(Duration at) {
      this.at = at;
    }
  }

  /** Something happened after which the views should become equal; only the last counts. */
  void moment(String name, Duration now) {
    moments.put(name, new Moment(now));
  }

  /** Looks whether those moments are over; asked often. */
  void look(Duration now, List<SimNode> running) {
    boolean open = false;
    for (Moment moment : moments.values()) {
      open |= moment.agreed == null;
    }
    if (!open || !equal(running)) {
      return;
    }
    for (Moment moment : moments.values()) {
      if (moment.agreed == null) {
        moment.agreed = now;
      }
    }
  }

  /** How long after the last such moment all views were equal; {@code null} if not yet. */
  @Nullable Duration after(String name) {
    Moment moment = moments.get(name);
    return moment == null || moment.agreed == null ? null : moment.agreed.minus(moment.at);
  }

  /** The moments that there were. */
  List<String> moments() {
    return List.copyOf(moments.keySet());
  }

  /** Whether all see exactly each other, alive and as each says of itself. */
  boolean equal(List<SimNode> running) {
    if (running.isEmpty()) {
      return true;
    }
    SimNode first = running.get(0);
    long hash = first.view().hash();
    for (SimNode node : running) {
      if (node.view().hash() != hash) {
        return false;
      }
    }
    if (wrongEntries(first, running) > 0) {
      return false;
    }
    // Suspicions do not show in the hash. Who had one last time is asked first.
    for (int i = 0; i < running.size(); i++) {
      int index = (suspicious + i) % running.size();
      if (running.get(index).view().count(MemberStatus.SUSPECT) > 0) {
        suspicious = index;
        return false;
      }
    }
    return true;
  }

  /** A sample for the record; {@code now} counts from time 0. */
  void sample(Duration now, List<SimNode> running) {
    long majority = majority(running);
    List<SimNode> others = new ArrayList<>();
    for (SimNode node : running) {
      if (node.view().hash() != majority) {
        others.add(node);
      }
    }
    double share = running.isEmpty() ? 0 : (double) others.size() / running.size();
    worst = Math.max(worst, share);
    int looked = Math.min(LOOKED_INTO, others.size());
    double wrong = 0;
    for (int i = 0; i < looked; i++) {
      SimNode observer = others.get(i * others.size() / looked);
      wrong += (double) wrongEntries(observer, running) / looked;
    }
    series.add(Format.seconds(now), 100 * share, wrong * share);
  }

  /** The hash that most have; of equally many, the one seen first. */
  private static long majority(List<SimNode> running) {
    Map<Long, Integer> counts = new HashMap<>(); // looked up only
    long majority = 0;
    int most = 0;
    for (SimNode node : running) {
      int count = counts.merge(node.view().hash(), 1, Integer::sum);
      if (count > most) {
        most = count;
        majority = node.view().hash();
      }
    }
    return majority;
  }

  /** Entries that are missing, old, or of somebody who is not there. */
  static int wrongEntries(SimNode observer, List<SimNode> running) {
    int right = 0;
    for (SimNode other : running) {
      Member own = other.self();
      Member record = observer.view().find(own.id()).orElse(null);
      if (record != null
          && record.generation() == own.generation()
          && record.incarnation() == own.incarnation()
          && record.stateVersion() == own.stateVersion()) {
        right++;
      }
    }
    return running.size() - right + observer.view().members().size() - right;
  }

  /** The largest share of views that differed from the majority's in any sample. */
  double worst() {
    return worst;
  }

  Series series() {
    return series;
  }
}
