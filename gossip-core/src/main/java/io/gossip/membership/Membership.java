package io.gossip.membership;

import java.util.List;
import java.util.Optional;

/**
 * One node's view of the cluster at one moment. Immutable; safe for any thread.
 *
 * @param version rises with every change of this node's view; says nothing across nodes
 * @param hash the same at two nodes when their active members agree in identity, incarnation and
 *     state version
 * @param self this node
 * @param members the active members, alive and suspect, this node included; ordered by id
 * @param departed members that failed or left and are still remembered; ordered by id
 */
public record Membership(
    long version, long hash, Member self, List<Member> members, List<Member> departed) {

  /** The lists must be unmodifiable and ordered by id; they are not copied. */
  public Membership {}

  /** The active member of this id. */
  public Optional<Member> find(NodeId id) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Member member = members.get(middle);
      int order = member.id().compareTo(id);
      if (order == 0) {
        return Optional.of(member);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** How many members, active or departed, have this status. */
  public int count(MemberStatus status) {
    List<Member> among = status.isActive() ? members : departed;
    int count = 0;
    for (Member member : among) {
      count += member.status() == status ? 1 : 0;
    }
    return count;
  }
}
