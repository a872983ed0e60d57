package io.gossip.spring.batch;

import io.gossip.spring.batch.MemberChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many members of which zone something happened to. A member counts as often as something
 * happened to it. Not thread-safe while it is counted.
 */
public final class ChangeCounts {

  /** Zones that a sentence names. */
  private static final int NAMED = 3;

  private final Map<Kind, TreeMap<String, Integer>> counts = new EnumMap<>(Kind.class);

  /** Counts one more. */
  public void add(MemberChange change) {
    counts
        .computeIfAbsent(change.kind(), kind -> new TreeMap<>())
        .merge(change.member().zone(), 1, Integer::sum);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How often this happened, to members of any zone. */
  public int of(Kind kind) {
    int sum = 0;
    for (int count : byZone(kind).values()) {
      sum += count;
    }
    return sum;
  }

  /** How often this happened, to members of each zone that it happened in; "" is no zone. */
  public Map<String, Integer> byZone(Kind kind) {
    return Collections.unmodifiableMap(counts.getOrDefault(kind, new TreeMap<>()));
  }

  /** A sentence without a full stop, as "12 members of zone b failed, 1 member joined". */
  @Override
  public String toString() {
    StringBuilder sentence = new StringBuilder();
    for (Kind kind : counts.keySet()) {
      sentence.append(sentence.isEmpty() ? "" : ", ");
      int count = of(kind);
      Map<String, Integer> zones = byZone(kind);
      sentence.append(count).append(count == 1 ? " member" : " members");
      if (zones.size() == 1) {
        String zone = zones.keySet().iterator().next();
        sentence.append(zone.isEmpty() ? "" : " of zone " + zone);
        sentence.append(' ').append(kind.verb());
      } else {
        sentence.append(' ').append(kind.verb()).append(" (").append(list(zones)).append(')');
      }
    }
    return sentence.toString();
  }

  private static String list(Map<String, Integer> zones) {
    List<Map.Entry<String, Integer>> largest = new ArrayList<>(zones.entrySet());
    largest.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < Math.min(NAMED, largest.size()); i++) {
      Map.Entry<String, Integer> zone = largest.get(i);
      list.append(i == 0 ? "" : ", ")
          .append(zone.getKey().isEmpty() ? "no zone" : "zone " + zone.getKey())
          .append(' ')
          .append(zone.getValue());
    }
    int more = largest.size() - NAMED;
    return more > 0 ? list + ", " + more + " more" : list.toString();
  }
}
