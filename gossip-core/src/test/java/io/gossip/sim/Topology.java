package io.gossip.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where processes run, and how good the ways between those places are.
 *
 * <pre>{@code
 * Topology world =
 *     new Topology()
 *         .region("eu", 3, 20)
 *         .region("us", 3, 20)
 *         .sameRegion(Link.even(Duration.ofMillis(1)))
 *         .betweenRegions("eu", "us", Link.wan(Duration.ofMillis(40)));
 * Simulation sim = new Simulation(seed).topology(world).nodes(world.size());
 * }</pre>
 *
 * <p>A zone's name up to its first '/' is its region: "eu/a" and "eu/b" are zones of "eu".
 * Neighbours in number are neighbours in nothing else: processes are dealt out to the regions in
 * turn, and to the zones of a region in turn, so that the first few, which are the seeds, stand far
 * apart.
 */
public final class Topology {
  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private @Nullable Link sameZone;
  private @Nullable Link sameRegion;
  private @Nullable Link betweenRegions;
  private final List<Border> borders = new ArrayList<>();

  /** The link between two regions, in both directions. */
  record Border(String one, String other, Link link) {}

  /**
   * The world of the reference requirement: three regions of this many nodes in three zones each, 1
   * ms inside a region, 40, 80 and 120 ms between them, and 0.1 % of all packets lost.
   */
  public static Topology reference(int nodesOfRegion) {
    Topology world = new Topology();
    for (String region : List.of("eu", "us", "ap")) {
      for (int zone = 0; zone < 3; zone++) {
        world.zone(region + "/" + (char) ('a' + zone), (nodesOfRegion + 2 - zone) / 3);
      }
    }
    return world
        .sameRegion(Link.even(Duration.ofMillis(1)).withLoss(0.001))
        .betweenRegions("eu", "us", Link.even(Duration.ofMillis(40)).withLoss(0.001))
        .betweenRegions("us", "ap", Link.even(Duration.ofMillis(80)).withLoss(0.001))
        .betweenRegions("eu", "ap", Link.even(Duration.ofMillis(120)).withLoss(0.001));
  }

  /** Adds a zone of this many processes. */
  public Topology zone(String name, int nodes) {
    if (nodes < 0) {
      throw new IllegalArgumentException("nodes must not be negative, but was " + nodes);
    }
    sizes.merge(name, nodes, Integer::sum);
    return this;
  }

  /** Adds a region of zones called a, b, c and so on, with this many processes in each. */
  public Topology region(String name, int zones, int nodesOfZone) {
    if (zones < 1 || zones > 26) {
      throw new IllegalArgumentException("zones must be 1 to 26, but was " + zones);
    }
    for (int i = 0; i < zones; i++) {
      zone(name + "/" + (char) ('a' + i), nodesOfZone);
    }
    return this;
  }

  /** The ways inside a zone; as inside a region unless said otherwise. */
  public Topology sameZone(Link link) {
    sameZone = link;
    return this;
  }

  /** The ways inside a region; the world's standard unless said otherwise. */
  public Topology sameRegion(Link link) {
    sameRegion = link;
    return this;
  }

  /** The ways between regions that have no link of their own. */
  public Topology betweenRegions(Link link) {
    betweenRegions = link;
    return this;
  }

  /** The ways between two regions, in both directions. */
  public Topology betweenRegions(String one, String other, Link link) {
    borders.add(new Border(one, other, link));
    return this;
  }

  /** How many processes there are to be. */
  public int size() {
    int size = 0;
    for (int nodes : sizes.values()) {
      size += nodes;
    }
    return size;
  }

  /** The names of the zones, in the order in which they were added. */
  public List<String> zones() {
    return List.copyOf(sizes.keySet());
  }

  /** The names of the regions, in the order in which they were added. */
  public List<String> regions() {
    return List.copyOf(zonesByRegion().keySet());
  }

  /** The region of a zone. */
  public static String regionOf(String zone) {
    int slash = zone.indexOf('/');
    return slash < 0 ? zone : zone.substring(0, slash);
  }

  private Map<String, List<String>> zonesByRegion() {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    for (String zone : sizes.keySet()) {
      regions.computeIfAbsent(regionOf(zone), name -> new ArrayList<>()).add(zone);
    }
    return regions;
  }

  /** The zone of each process, in the order of their numbers. */
  List<String> deal() {
    Map<String, List<String>> regions = zonesByRegion();
    Map<String, Integer> left = new LinkedHashMap<>(sizes);
    Map<String, Integer> turns = new LinkedHashMap<>();
    int size = size();
    List<String> dealt = new ArrayList<>(size);
    while (dealt.size() < size) {
      for (Map.Entry<String, List<String>> region : regions.entrySet()) {
        List<String> zones = region.getValue();
        for (int tries = 0; tries < zones.size(); tries++) {
          int turn = turns.merge(region.getKey(), 1, Integer::sum);
          String zone = zones.get((turn - 1) % zones.size());
          int free = left.getOrDefault(zone, 0);
          if (free > 0) {
            left.put(zone, free - 1);
            dealt.add(zone);
            break;
          }
        }
      }
    }
    return dealt;
  }

  // For the paths

  @Nullable Link sameZone() {
    return sameZone == null ? sameRegion : sameZone;
  }

  @Nullable Link sameRegion() {
    return sameRegion;
  }

  @Nullable Link betweenRegions() {
    return betweenRegions;
  }

  List<Border> borders() {
    return List.copyOf(borders);
  }
}
