package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/** A zone or region that was cut off from this node answers again. */
public final class GossipZoneReachableEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final String zone;
  private final transient List<Member> members;

  GossipZoneReachableEvent(GossipNode node, Membership view, String zone, List<Member> members) {
    super(node, view);
    this.zone = zone;
    this.members = members;
  }

  /** The zone, or the region: the name of its zones up to the first slash. */
  public String zone() {
    return zone;
  }

  /** Those who are no longer suspected, having been so for no other reason; ordered by id. */
  public List<Member> members() {
    return members;
  }
}
