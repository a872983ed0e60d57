package io.gossip.sim.experiment;

import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.sim.Disturbance;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One run of Lifeguard's experiments (Dadgar, Phillips, Currey, 2018, §V): some members block
 * before they send and after they receive, all in step, while their timers run on. Nothing is lost.
 */
final class AnomalyRun {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration SERVICE = Duration.ofNanos(100_000);

  /**
   * What happens in it.
   *
   * @param nodes members of the cluster
   * @param blocked how many of them are blocked
   * @param blockedFor for how long at a time
   * @param normalFor how long they are well in between; zero if they are blocked only once
   */
  record Plan(int nodes, int blocked, Duration blockedFor, Duration normalFor) {}

  private final Plan plan;
  private final Simulation sim;
  private final Set<NodeId> sick = new LinkedHashSet<>();
  private final List<SimNode> sickNodes = new ArrayList<>();
  private final Map<NodeId, Set<NodeId>> failedAt = new LinkedHashMap<>(); // by healthy observers
  private final Tally tally = new Tally();
  private double begun;

  private AnomalyRun(Plan plan, Setup setup, long seed) {
    this.plan = plan;
    sim =
        new Simulation(seed)
            .config(setup.change())
            .keepEvents(false)
            .watchFullyOneIn(plan.nodes)
            .listen(this::published);
    sim.promises().bytesPerSecond(Integer.MAX_VALUE / 10);
    sim.assembled(plan.nodes);
    sim.faults().slow(sim.nodes(), SERVICE);
    List<SimNode> shuffled = new ArrayList<>(sim.nodes());
    Collections.shuffle(shuffled, new Random(seed));
    for (SimNode node : shuffled.subList(0, plan.blocked)) {
      sick.add(node.id());
      sickNodes.add(node);
    }
  }

  /** Plays it; what came of it. */
  static Tally play(Plan plan, Setup setup, long seed) {
    AnomalyRun run = new AnomalyRun(plan, setup, seed);
    run.sim.run(QUIET);
    if (plan.normalFor.isZero()) {
      run.once();
    } else {
      run.inIntervals();
    }
    return run.counted();
  }

  private void once() {
    begun = seconds();
    block();
    while (sim.time().compareTo(LENGTH) < 0 && !sim.converged()) {
      sim.run(STEP);
    }
  }

  private void inIntervals() {
    begun = seconds();
    boolean last = false;
    while (!last) {
      last = sim.time().compareTo(LENGTH) >= 0;
      block();
      sim.run(last ? Duration.ZERO : plan.normalFor);
    }
  }

  private void block() {
    Disturbance blocked = sim.faults().block(sickNodes);
    sim.run(plan.blockedFor);
    blocked.end();
  }

  private double seconds() {
    return sim.time().toNanos() / 1e9;
  }

  private void published(SimNode observer, MembershipEvent event) {
    if (!(event instanceof MembershipEvent.Failed)) {
      return;
    }
    NodeId failed = event.member().id();
    boolean healthy = !sick.contains(observer.id());
    if (!sick.contains(failed)) {
      tally.falsePositive(healthy);
    } else if (healthy) {
      Set<NodeId> observers = failedAt.computeIfAbsent(failed, id -> new LinkedHashSet<>());
      if (observers.isEmpty()) {
        tally.first.add(seconds() - begun);
      }
      if (observers.add(observer.id()) && observers.size() == plan.nodes - plan.blocked) {
        tally.full.add(seconds() - begun);
      }
    }
  }

  private Tally counted() {
    for (SimNode node : sim.nodes()) {
      tally.sent(
          node.stats().count(Counter.DATAGRAMS_SENT),
          node.stats().count(Counter.DATAGRAM_BYTES_SENT));
    }
    tally.run(seconds());
    return tally;
  }
}
