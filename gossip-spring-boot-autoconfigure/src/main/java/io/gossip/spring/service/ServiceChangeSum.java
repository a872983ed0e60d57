package io.gossip.spring.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of services, one after the other, put together to one for each service: an instance that
 * came and went in between is neither added nor removed. Not thread-safe.
 */
public final class ServiceChangeSum {

  /** What has become of one service since the first change. */
  private static final class Sum {
    final Map<GossipInstance.Place, GossipInstance> added = new LinkedHashMap<>();
    final Map<GossipInstance.Place, GossipInstance> removed = new LinkedHashMap<>();
    List<GossipInstance> instances = List.of();
  }

  private final Map<String, Sum> sums = new TreeMap<>();

  /** Takes the change that follows those before. */
  public void add(ServiceChange change) {
    Sum sum = sums.computeIfAbsent(change.serviceId(), id -> new Sum());
    for (GossipInstance instance : change.removed()) {
      if (sum.added.remove(instance.place()) == null) {
        sum.removed.put(instance.place(), instance);
      }
    }
    for (GossipInstance instance : change.added()) {
      if (sum.removed.remove(instance.place()) == null) {
        sum.added.put(instance.place(), instance);
      }
    }
    sum.instances = change.instances();
  }

  public boolean isEmpty() {
    return sums.isEmpty();
  }

  /** One change for each service that changed, ordered by its name; then begins anew. */
  public List<ServiceChange> take() {
    List<ServiceChange> changes = new ArrayList<>(sums.size());
    sums.forEach(
        (id, sum) ->
            changes.add(
                new ServiceChange(
                    id,
                    List.copyOf(sum.added.values()),
                    List.copyOf(sum.removed.values()),
                    sum.instances)));
    sums.clear();
    return List.copyOf(changes);
  }
}
