package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/**
 * A zone or region is cut off from this node. Its members are under suspicion and used last; for
 * {@code gossip.swim.partition-hold} none of them is declared dead for its silence.
 */
public final class GossipZoneUnreachableEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final String zone;
  private final transient List<Member> members;

  GossipZoneUnreachableEvent(GossipNode node, Membership view, String zone, List<Member> members) {
    super(node, view);
    this.zone = zone;
    this.members = members;
  }

  /** The zone, or the region: the name of its zones up to the first slash. */
  public String zone() {
    return zone;
  }

  /** Those who are suspected because of it, ordered by id. */
  public List<Member> members() {
    return members;
  }
}
