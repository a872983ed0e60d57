package io.gossip.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The links of all ways: by pair of machines where one was given, otherwise by pair of zones. What
 * the zones' names say of a pair is worked out once and kept in a matrix.
 */
@SuppressWarnings("ReferenceEquality") // this one, not one like it
final class Classes {
  private static final String NOWHERE = "";

  private final List<String> zones = new ArrayList<>(List.of(NOWHERE));
  private final Map<String, Integer> numbers = new HashMap<>(Map.of(NOWHERE, 0)); // looked up only
  private final Map<Long, Link> own = new HashMap<>(); // looked up only
  private final List<Topology.Border> borders = new ArrayList<>();
  private final List<Worse> worse = new ArrayList<>();
  private Link standard = Link.lan();
  private Topology topology = new Topology();
  private @Nullable Link[] matrix = new Link[1];

  /** A worsening of one region, or of all if that is {@code null}. */
  private record Worse(@Nullable String region, Paths.Worsening worsening) {}

  void all(Link link) {
    standard = link;
    forget();
  }

  void topology(Topology known) {
    topology = known;
    borders.addAll(known.borders());
    forget();
  }

  void between(long way, Link link) {
    own.put(way, link);
  }

  void betweenRegions(String one, String other, Link link) {
    borders.add(new Topology.Border(one, other, link));
    forget();
  }

  /** Returns what ends it. */
  Runnable worsen(@Nullable String region, Paths.Worsening worsening) {
    Worse added = new Worse(region, worsening);
    worse.add(added);
    forget();
    return () -> {
      worse.removeIf(each -> each == added);
      forget();
    };
  }

  void restore() {
    worse.clear();
    forget();
  }

  boolean isIn(Machine machine, String region) {
    return Topology.regionOf(zones.get(machine.zone)).equals(region);
  }

  /** The number of a zone. */
  int zone(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    int number = zones.size();
    zones.add(name);
    numbers.put(name, number);
    forget();
    return number;
  }

  private void forget() {
    matrix = new Link[zones.size() * zones.size()];
  }

  Link link(Machine from, Machine to) {
    if (!own.isEmpty()) {
      Link link = own.get(from.wayTo(to));
      if (link != null) {
        return link;
      }
    }
    int cell = from.zone * zones.size() + to.zone;
    Link link = matrix[cell];
    if (link == null) {
      link = workOut(zones.get(from.zone), zones.get(to.zone));
      matrix[cell] = link;
    }
    return link;
  }

  private Link workOut(String from, String to) {
    String one = Topology.regionOf(from);
    String other = Topology.regionOf(to);
    Link link = usual(from, to, one, other);
    for (Worse each : worse) {
      if (each.region == null || each.region.equals(one) || each.region.equals(other)) {
        link = each.worsening.of(link);
      }
    }
    return link;
  }

  private Link usual(String from, String to, String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return standard;
    }
    if (from.equals(to)) {
      return orElse(topology.sameZone(), standard);
    }
    if (one.equals(other)) {
      return orElse(topology.sameRegion(), standard);
    }
    for (int i = borders.size() - 1; i >= 0; i--) { // the last word counts
      Topology.Border border = borders.get(i);
      if ((border.one().equals(one) && border.other().equals(other))
          || (border.one().equals(other) && border.other().equals(one))) {
        return border.link();
      }
    }
    return orElse(topology.betweenRegions(), standard);
  }

  private static Link orElse(@Nullable Link link, Link otherwise) {
    return link == null ? otherwise : link;
  }
}
