package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/** A zone or region that was cut off from this node answers again. */
public final class GossipZoneReachableEvent extends GossipZoneEvent {

  private static final long serialVersionUID = 1L;

  GossipZoneReachableEvent(GossipNode node, Membership view, String zone, List<Member> members) {
    super(node, view, zone, members);
  }
}
