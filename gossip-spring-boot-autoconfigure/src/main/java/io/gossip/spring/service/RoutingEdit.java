package io.gossip.spring.service;

import io.gossip.membership.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has to change in the lists of instances that can be called. */
final class RoutingEdit {

  /** For one service. */
  private static final class Change {
    final Set<GossipInstance> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    final List<GossipInstance> added = new ArrayList<>();
  }

  private final @Nullable NodeId hidden;
  private final Map<String, Change> changes = new LinkedHashMap<>();

  /**
   * Nothing has to change yet.
   *
   * @param hidden the member that is not called; {@code null} if there is none
   */
  RoutingEdit(@Nullable NodeId hidden) {
    this.hidden = hidden;
  }

  /** A member offers this instead of that. */
  @SuppressWarnings("ReferenceEquality") // what did not change is taken over, never made again
  void replace(@Nullable GossipInstance was, @Nullable GossipInstance is) {
    if (was == is) {
      return;
    }
    if (was != null && isCalled(was)) {
      changeOf(was).removed.add(was);
    }
    if (is != null && isCalled(is)) {
      changeOf(is).added.add(is);
    }
  }

  private boolean isCalled(GossipInstance instance) {
    return instance.isRoutable() && !instance.member().id().equals(hidden);
  }

  private Change changeOf(GossipInstance instance) {
    return changes.computeIfAbsent(instance.service().serviceId(), id -> new Change());
  }

  /** The lists by service as they are to be; unmodifiable, those that stay the same objects. */
  Map<String, List<GossipInstance>> applyTo(Map<String, List<GossipInstance>> lists) {
    if (changes.isEmpty()) {
      return lists;
    }
    Map<String, List<GossipInstance>> edited = new TreeMap<>(lists);
    changes.forEach(
        (id, change) -> {
          List<GossipInstance> list = new ArrayList<>(edited.getOrDefault(id, List.of()));
          list.removeIf(change.removed::contains);
          list.addAll(change.added);
          list.sort(ServiceDirectory.BY_INSTANCE_ID);
          if (list.isEmpty()) {
            edited.remove(id);
          } else {
            edited.put(id, List.copyOf(list));
          }
        });
    return Collections.unmodifiableMap(edited);
  }
}
