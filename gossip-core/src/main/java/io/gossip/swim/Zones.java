package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The zones of the view and their regions, with the numbers of their members: kept by {@link
 * MembershipList} as records change. A zone named {@code eu/a} belongs to the region {@code eu}.
 * Members without a zone are in none.
 */
final class Zones {

  private static final int SWEEP_ABOVE = 1_000;

  private final String own;
  private final Map<String, Zone> byName = new LinkedHashMap<>();
  private int suspects;

  Zones(String own) {
    this.own = own;
  }

  /** A member other than this node is active now, as this record says. */
  void add(Member member) {
    count(member, 1);
  }

  /** A member other than this node was active, as this record says. */
  void remove(Member member) {
    count(member, -1);
  }

  private void count(Member member, int change) {
    int suspect = member.status() == MemberStatus.SUSPECT ? change : 0;
    suspects += suspect;
    if (member.zone().isEmpty()) {
      return;
    }
    Zone zone = byName.get(member.zone());
    if (zone == null) {
      zone = create(member.zone());
    }
    for (Zone each = zone; each != null; each = each.region) {
      each.members += change;
      each.suspects += suspect;
    }
  }

  private Zone create(String name) {
    if (byName.size() >= SWEEP_ABOVE) { // names come from outside
      sweep();
    }
    int slash = name.indexOf('/');
    Zone region = null;
    if (slash > 0) {
      String regionName = name.substring(0, slash);
      region = byName.get(regionName);
      if (region == null) {
        boolean ownRegion = own.equals(regionName) || own.startsWith(regionName + "/");
        region = new Zone(regionName, null, ownRegion);
        byName.put(regionName, region);
      }
    }
    Zone zone = new Zone(name, region, own.equals(name) || own.startsWith(name + "/"));
    byName.put(name, zone);
    return zone;
  }

  private void sweep() {
    List<Zone> empty = new ArrayList<>();
    for (Zone zone : byName.values()) {
      if (zone.members == 0 && zone.state == Zone.State.CONNECTED) {
        empty.add(zone);
      }
    }
    for (Zone zone : empty) {
      // A region without members has no zone with members either, so none is left with a stale one.
      byName.remove(zone.name);
    }
  }

  /** The zone of a member; {@code null} if it has none. */
  @Nullable Zone of(Member member) {
    return member.zone().isEmpty() ? null : byName.get(member.zone());
  }

  @Nullable Zone named(String name) {
    return byName.get(name);
  }

  /** All that there are or were lately, in the order in which they were first seen. */
  Collection<Zone> all() {
    return byName.values();
  }

  /** Active members under suspicion, of whatever zone. */
  int suspects() {
    return suspects;
  }
}
