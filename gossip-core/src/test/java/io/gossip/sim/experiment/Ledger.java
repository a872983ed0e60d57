package io.gossip.sim.experiment;

import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.NodeId;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who was declared dead and taken in again, in a world where some are faulty and some are well. */
final class Ledger implements Simulation.Listener {
  private final Simulation sim;
  private final Map<NodeId, Faulty> faulty = new LinkedHashMap<>();
  private int wrongByWell;
  private int wrongByFaulty;

  /** One that is faulty, as those see it that are well. */
  private static final class Faulty {
    final List<Duration> removals = new ArrayList<>();
    int readmissions;
    int out;
  }

  Ledger(Simulation sim) {
    this.sim = sim;
    sim.listen(this);
  }

  /** These are faulty from now on. */
  void faulty(List<SimNode> nodes) {
    nodes.forEach(node -> faulty.put(node.id(), new Faulty()));
  }

  @Override
  public void published(SimNode observer, MembershipEvent event) {
    boolean isWell = !faulty.containsKey(observer.id());
    Faulty about = faulty.get(event.member().id());
    if (about == null && event instanceof Failed) {
      wrongByWell += isWell ? 1 : 0;
      wrongByFaulty += isWell ? 0 : 1;
    } else if (about != null && isWell && event instanceof Failed) {
      about.out++;
      about.removals.add(sim.time());
    } else if (about != null && isWell && event instanceof Joined) {
      about.out--;
      about.readmissions++;
    }
  }

  /** Deaths of members that are well, as often as others that are well saw them. */
  int wrongByWell() {
    return wrongByWell;
  }

  /** Deaths of members that are well, as often as faulty ones saw them. */
  int wrongByFaulty() {
    return wrongByFaulty;
  }

  /** In what share of the views of those who are well the faulty are not, in percent. */
  double outPercent() {
    double out = faulty.values().stream().mapToInt(each -> each.out).sum();
    return 100 * out / (well() * (double) faulty.size());
  }

  /** How often one that is well took in a faulty one again, on average over all such pairs. */
  double readmissions() {
    double all = faulty.values().stream().mapToInt(each -> each.readmissions).sum();
    return all / (well() * (double) faulty.size());
  }

  /** When those who are well declared the faulty dead, all pairs and times, in seconds. */
  Percentiles removals(Duration since) {
    Percentiles times = new Percentiles();
    for (Faulty each : faulty.values()) {
      each.removals.forEach(at -> times.add(at.minus(since).toNanos() / 1e9));
    }
    return times;
  }

  private int well() {
    return sim.nodes().size() - faulty.size();
  }
}
