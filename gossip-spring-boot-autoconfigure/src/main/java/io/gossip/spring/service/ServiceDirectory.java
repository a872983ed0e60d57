package io.gossip.spring.service;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The services of one view of the cluster. Immutable.
 *
 * <p>Its lists are ordered by instance id, so that round robin goes round, and a list that says the
 * same as in the directory before is the same object, so that others can tell cheaply.
 */
public final class ServiceDirectory {

  static final ServiceDirectory EMPTY = new ServiceDirectory(Map.of(), Map.of());

  static final Comparator<GossipInstance> BY_INSTANCE_ID =
      Comparator.comparing((GossipInstance instance) -> instance.service().instanceId())
          .thenComparing(instance -> instance.member().id());

  private final Map<NodeId, GossipInstance> all;
  private final Map<String, List<GossipInstance>> routable;

  private ServiceDirectory(
      Map<NodeId, GossipInstance> all, Map<String, List<GossipInstance>> routable) {
    this.all = Collections.unmodifiableMap(all);
    this.routable = Collections.unmodifiableMap(routable);
  }

  /** The services of {@code view}; what did not change is taken from {@code previous}. */
  static ServiceDirectory of(Membership view, ServiceDirectory previous, boolean includeSelf) {
    Map<NodeId, GossipInstance> all = new LinkedHashMap<>();
    Map<String, List<GossipInstance>> routable = new TreeMap<>();
    List<Member> members = view.members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      GossipInstance instance = instance(member, previous.all.get(member.id()));
      if (instance == null) {
        continue;
      }
      all.put(member.id(), instance);
      if (instance.isRoutable() && (includeSelf || !member.id().equals(view.self().id()))) {
        routable
            .computeIfAbsent(instance.service().serviceId(), id -> new ArrayList<>())
            .add(instance);
      }
    }
    routable.replaceAll((id, list) -> settle(list, previous.instances(id)));
    return new ServiceDirectory(all, routable);
  }

  private static @Nullable GossipInstance instance(Member member, @Nullable GossipInstance former) {
    if (former != null
        && former.member().status() == member.status()
        && former.member().generation() == member.generation()
        && former.member().stateVersion() == member.stateVersion()
        && former.member().state() == member.state()
        && former.member().zone().equals(member.zone())
        && former.member().address().equals(member.address())) {
      return former;
    }
    return GossipInstance.of(member);
  }

  private static List<GossipInstance> settle(List<GossipInstance> list, List<GossipInstance> was) {
    list.sort(BY_INSTANCE_ID);
    return isSame(list, was) ? was : List.copyOf(list);
  }

  @SuppressWarnings("ReferenceEquality") // unchanged instances are taken over, never made again
  private static boolean isSame(List<GossipInstance> list, List<GossipInstance> was) {
    if (list.size() != was.size()) {
      return false;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) != was.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Instances of a service that can be called, suspects included; empty when there is none. */
  public List<GossipInstance> instances(String serviceId) {
    return routable.getOrDefault(serviceId, List.of());
  }

  /** Names of the services that have an instance that can be called, ordered. */
  public Set<String> services() {
    return routable.keySet();
  }

  /** Every instance there is, in whatever status, ordered by the id of its member. */
  public Collection<GossipInstance> all() {
    return all.values();
  }

  /** The instance that a member offers; {@code null} if it offers none. */
  public @Nullable GossipInstance of(NodeId id) {
    return all.get(id);
  }
}
