package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/**
 * A zone or region is cut off from this node. Its members are under suspicion and used last; for
 * {@code gossip.swim.partition-hold} none of them is declared dead for its silence.
 */
public final class GossipZoneUnreachableEvent extends GossipZoneEvent {

  private static final long serialVersionUID = 1L;

  GossipZoneUnreachableEvent(GossipNode node, Membership view, String zone, List<Member> members) {
    super(node, view, zone, members);
  }
}
