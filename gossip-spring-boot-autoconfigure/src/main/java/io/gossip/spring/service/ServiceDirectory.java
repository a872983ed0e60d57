package io.gossip.spring.service;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services of one view of the cluster. Immutable.
 *
 * <p>Its lists are ordered by instance id, so that round robin goes round, and a list that says the
 * same as in the directory before is the same object, so that others can tell cheaply.
 *
 * <p>Views share the members that did not change, so a directory is made of the one before by
 * walking both side by side: a comparison of references for each member, and work for those that
 * changed. Calls read the view as it is, even while thousands of members change.
 */
public final class ServiceDirectory {

  static final ServiceDirectory EMPTY =
      new ServiceDirectory(new Member[0], new GossipInstance[0], Map.of());

  static final Comparator<GossipInstance> BY_INSTANCE_ID =
      Comparator.comparing((GossipInstance instance) -> instance.service().instanceId())
          .thenComparing(instance -> instance.member().id());

  /** Of the view, ordered by id. */
  private final Member[] members;

  /** What each of them offers; {@code null} if it offers nothing. */
  private final @Nullable GossipInstance[] instances;

  private final Map<String, List<GossipInstance>> routable;

  private ServiceDirectory(
      Member[] members,
      @Nullable GossipInstance[] instances,
      Map<String, List<GossipInstance>> routable) {
    this.members = members;
    this.instances = instances;
    this.routable = routable;
  }

  /** The services of {@code view}; what did not change is taken from {@code previous}. */
  static ServiceDirectory of(Membership view, ServiceDirectory previous, boolean includeSelf) {
    List<Member> now = view.members();
    Member[] members = new Member[now.size()];
    @Nullable GossipInstance[] instances = new GossipInstance[members.length];
    RoutingEdit edit = new RoutingEdit(includeSelf ? null : view.self().id());
    int old = 0;
    int at = 0;
    for (Member member : now) {
      while (previous.isBefore(old, member)) {
        edit.replace(previous.instances[old++], null);
      }
      GossipInstance was = null;
      GossipInstance is;
      if (previous.isOf(old, member)) {
        was = previous.instances[old];
        is = previous.isSame(old, member) ? was : instance(member, was);
        old++;
      } else {
        is = GossipInstance.of(member);
      }
      edit.replace(was, is);
      members[at] = member;
      instances[at++] = is;
    }
    while (old < previous.members.length) {
      edit.replace(previous.instances[old++], null);
    }
    return new ServiceDirectory(members, instances, edit.applyTo(previous.routable));
  }

  @SuppressWarnings("ReferenceEquality") // views share the members that did not change
  private boolean isSame(int index, Member member) {
    return members[index] == member;
  }

  private boolean isBefore(int index, Member member) {
    return index < members.length
        && !isSame(index, member)
        && members[index].id().compareTo(member.id()) < 0;
  }

  private boolean isOf(int index, Member member) {
    return index < members.length
        && (isSame(index, member) || members[index].id().equals(member.id()));
  }

  /** What a member offers that changed; the former instance if that shows nothing of it. */
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
    List<GossipInstance> all = new ArrayList<>();
    for (GossipInstance instance : instances) {
      if (instance != null) {
        all.add(instance);
      }
    }
    return Collections.unmodifiableList(all);
  }

  /** The instance that a member offers; {@code null} if it offers none. */
  public @Nullable GossipInstance of(NodeId id) {
    int low = 0;
    int high = members.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = members[middle].id().compareTo(id);
      if (order == 0) {
        return instances[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
