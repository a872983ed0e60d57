package io.gossip.sim.tool;

import io.gossip.membership.MembershipEvent;
import io.gossip.swim.SwimStats;
import io.gossip.swim.SwimStats.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often things happened, over all nodes together. */
final class Tally {
  private final Map<String, Integer> events = new TreeMap<>();
  private final List<SwimStats> stats = new ArrayList<>();

  /** A process was started; its counters outlive it here. */
  void started(SwimStats counters) {
    stats.add(counters);
  }

  /** An event was published by anybody. */
  void published(MembershipEvent event) {
    events.merge(event.getClass().getSimpleName(), 1, Integer::sum);
  }

  /** Events by the names of their types. */
  Map<String, Integer> events() {
    return Collections.unmodifiableMap(events);
  }

  int events(String type) {
    return events.getOrDefault(type, 0);
  }

  /** A counter, all processes together, those that have ended included. */
  long sum(Counter counter) {
    long sum = 0;
    for (SwimStats counters : stats) {
      sum += counters.count(counter);
    }
    return sum;
  }
}
