package io.gossip.spring.service;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The services as they follow from the events so far, and what each event changes. Costs in
 * proportion to the service that an event is about, not to the cluster. Not thread-safe.
 */
public final class ServiceTracker {

  private final boolean includeSelf;
  private final Map<NodeId, GossipInstance> routable = new LinkedHashMap<>();
  private final Map<String, List<GossipInstance>> services = new TreeMap<>();

  /** Nothing is known yet. */
  public ServiceTracker(boolean includeSelf) {
    this.includeSelf = includeSelf;
  }

  /**
   * Takes a member as it stands after an event.
   *
   * @param self this node
   * @return one change for each service that callers see another way; suspicion is none
   */
  public List<ServiceChange> apply(Member member, NodeId self) {
    GossipInstance now = routable(member, self);
    GossipInstance was =
        now == null ? routable.remove(member.id()) : routable.put(member.id(), now);
    if (Objects.equals(was, now) || (was != null && now != null && was.looksLike(now))) {
      replace(was, now);
      return List.of();
    }
    Map<String, List<GossipInstance>> before = new TreeMap<>();
    for (GossipInstance instance : new GossipInstance[] {was, now}) {
      if (instance != null) {
        String id = instance.service().serviceId();
        before.put(id, services.getOrDefault(id, List.of()));
      }
    }
    replace(was, now);
    List<ServiceChange> changes = new ArrayList<>(before.size());
    before.forEach((id, list) -> changes.add(change(id, was, now, list)));
    return List.copyOf(changes);
  }

  private @Nullable GossipInstance routable(Member member, NodeId self) {
    GossipInstance instance = GossipInstance.of(member);
    boolean shown =
        instance != null && instance.isRoutable() && (includeSelf || !member.id().equals(self));
    return shown ? instance : null;
  }

  /** Looks at the one instance that changed: the others are as many as the service has. */
  private ServiceChange change(
      String id,
      @Nullable GossipInstance was,
      @Nullable GossipInstance now,
      List<GossipInstance> before) {
    List<GossipInstance> after = services.getOrDefault(id, List.of());
    return new ServiceChange(id, unless(now, id, before), unless(was, id, after), after);
  }

  /** The instance, if it is one of this service and at no place of the list. */
  private static List<GossipInstance> unless(
      @Nullable GossipInstance instance, String id, List<GossipInstance> list) {
    if (instance == null || !instance.service().serviceId().equals(id)) {
      return List.of();
    }
    GossipInstance.Place place = instance.place();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).place().equals(place)) {
        return List.of();
      }
    }
    return List.of(instance);
  }

  /** Takes a whole view, after events have been lost. */
  public List<ServiceChange> resync(Membership view) {
    Map<String, List<GossipInstance>> before = new TreeMap<>(services);
    Set<NodeId> gone = new TreeSet<>(routable.keySet());
    for (Member member : view.members()) {
      gone.remove(member.id());
      apply(member, view.self().id());
    }
    for (NodeId id : gone) {
      replace(routable.remove(id), null);
    }
    services.keySet().forEach(id -> before.putIfAbsent(id, List.of()));
    return changes(before);
  }

  private void replace(@Nullable GossipInstance was, @Nullable GossipInstance now) {
    if (was != null) {
      edit(was.service().serviceId(), was, null);
    }
    if (now != null) {
      edit(now.service().serviceId(), null, now);
    }
  }

  private void edit(String id, @Nullable GossipInstance was, @Nullable GossipInstance now) {
    List<GossipInstance> list = new ArrayList<>(services.getOrDefault(id, List.of()));
    if (was != null) {
      list.removeIf(instance -> instance.member().id().equals(was.member().id()));
    }
    if (now != null) {
      list.add(now);
      list.sort(ServiceDirectory.BY_INSTANCE_ID);
    }
    if (list.isEmpty()) {
      services.remove(id);
    } else {
      services.put(id, List.copyOf(list));
    }
  }

  private List<ServiceChange> changes(Map<String, List<GossipInstance>> before) {
    List<ServiceChange> changes = new ArrayList<>();
    before.forEach(
        (id, was) -> {
          List<GossipInstance> now = services.getOrDefault(id, List.of());
          if (!looksLike(was, now)) {
            changes.add(new ServiceChange(id, missing(now, was), missing(was, now), now));
          }
        });
    return List.copyOf(changes);
  }

  private static boolean looksLike(List<GossipInstance> was, List<GossipInstance> now) {
    if (was.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < was.size(); i++) {
      if (!was.get(i).looksLike(now.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Those of {@code list} that have no instance at the same place in {@code other}. */
  private static List<GossipInstance> missing(
      List<GossipInstance> list, List<GossipInstance> other) {
    Set<GossipInstance.Place> places = new HashSet<>();
    other.forEach(instance -> places.add(instance.place()));
    return list.stream().filter(instance -> !places.contains(instance.place())).toList();
  }
}
