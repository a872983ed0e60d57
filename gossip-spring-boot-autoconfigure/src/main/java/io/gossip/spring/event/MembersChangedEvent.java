package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.batch.ChangeCounts;
import io.gossip.spring.batch.MemberChange;
import io.gossip.spring.service.ServiceChange;
import java.util.List;

/**
 * Everything that happened to members within a short time, once. For listeners that would rather be
 * told "12 members of zone b failed" than hear of each of the twelve.
 *
 * <p>Each {@link GossipMemberEvent} and each {@link ServiceInstancesChangedEvent} has its part in
 * exactly one batch, in the order in which they were published. The batch comes after the last of
 * them, and before the first that belongs to the next batch; no two gossip events are published at
 * the same time. An event about this node ({@link GossipIsolatedEvent}, {@link GossipResyncEvent}
 * …) ends the batch: what happened before is told before.
 *
 * <p>A batch delays nothing but itself. The node's view, the discovery clients and the load
 * balancer have changed when its first change happened.
 */
public final class MembersChangedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final transient List<MemberChange> changes;
  private final transient List<ServiceChange> services;
  private final transient ChangeCounts counts;
  private final boolean cut;

  MembersChangedEvent(
      GossipNode node,
      Membership view,
      List<MemberChange> changes,
      List<ServiceChange> services,
      boolean cut) {
    super(node, view);
    this.changes = List.copyOf(changes);
    this.services = services;
    this.cut = cut;
    this.counts = new ChangeCounts();
    this.changes.forEach(counts::add);
  }

  /** What happened, in order. A member to which several things happened is in it several times. */
  public List<MemberChange> changes() {
    return changes;
  }

  /** The members to which this happened, in order. */
  public List<Member> members(MemberChange.Kind kind) {
    return changes.stream()
        .filter(change -> change.kind() == kind)
        .map(MemberChange::member)
        .toList();
  }

  /** How often what happened, and in which zones. */
  public ChangeCounts counts() {
    return counts;
  }

  /**
   * What callers see in another way: one change for each service, from before the batch to after
   * it, ordered by name.
   */
  public List<ServiceChange> services() {
    return services;
  }

  /** Whether the batch ended because it had as many changes as it may have: more follow at once. */
  public boolean isCut() {
    return cut;
  }

  /** What happened as a sentence without a full stop, as "12 members of zone b failed". */
  public String summary() {
    return changes.isEmpty() ? services.size() + " services changed" : counts.toString();
  }

  @Override
  public String toString() {
    return "MembersChangedEvent[" + summary() + "]";
  }
}
