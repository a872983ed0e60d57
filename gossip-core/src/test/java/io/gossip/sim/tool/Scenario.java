package io.gossip.sim.tool;

import io.gossip.sim.Link;
import io.gossip.swim.SwimConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A world, what happens in it and when, and what is expected of it.
 *
 * @param title what it shows, for people
 * @param seeds each gives a run of its own
 * @param regions where the nodes are; a single one without a name if the world has no regions
 * @param seedNodes how many of the first nodes are everybody's seeds
 * @param start how the world begins
 * @param links the quality of the ways, by which ways they are
 * @param service what one input costs a node
 * @param config the engine's numbers
 * @param state what each node announces first
 * @param warmup time before time 0, in which nothing is measured
 * @param duration how long it goes on from time 0
 * @param rest what is measured as "at rest": from, until; {@code null} if nothing is
 * @param groups nodes chosen once, by name
 * @param timetable what happens
 * @param expectations what must hold
 */
record Scenario(
    String title,
    List<Long> seeds,
    List<Region> regions,
    int seedNodes,
    Start start,
    Map<Ways, Link> links,
    Duration service,
    SwimConfig config,
    Map<String, String> state,
    Duration warmup,
    Duration duration,
    @Nullable Span rest,
    Map<String, Who> groups,
    List<Planned> timetable,
    List<Expectation> expectations) {

  /**
   * Equally large zones of one name.
   *
   * @param nodes of each zone
   */
  record Region(String name, int zones, int nodes) {

    /** Whether a zone of this name is one of its. */
    boolean hasZone(String zone) {
      for (int i = 0; i < zones; i++) {
        if (zone.equals(name + "/" + (char) ('a' + i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Some of the ways; the regions are empty unless they are those between two. */
  record Ways(Kind kind, String one, String other) {

    /** Which. */
    enum Kind {
      EVERYWHERE,
      SAME_ZONE,
      SAME_REGION,
      BETWEEN_REGIONS,
      BETWEEN_TWO
    }
  }

  /**
   * How the world begins.
   *
   * @param over for a cold start, the time over which the nodes are started
   */
  record Start(Mode mode, Duration over) {

    /** In which way. */
    enum Mode {
      /** Everybody knows everybody before time begins. */
      ASSEMBLED,
      /** Nodes start and join; time 0 is when all see all. */
      JOINED,
      /** Time 0 is when the first node starts. */
      COLD
    }
  }

  /** Some time, counted from time 0. */
  record Span(Duration from, Duration until) {
    boolean contains(Duration time) {
      return time.compareTo(from) > 0 && time.compareTo(until) <= 0;
    }
  }

  /** How many nodes it begins with. */
  int nodes() {
    int nodes = 0;
    for (Region region : regions) {
      nodes += region.zones() * region.nodes();
    }
    return nodes;
  }
}
