package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/** Something happened between this node and a zone or region as a whole. */
public abstract class GossipZoneEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final String zone;
  private final transient List<Member> members;

  GossipZoneEvent(GossipNode node, Membership view, String zone, List<Member> members) {
    super(node, view);
    this.zone = zone;
    this.members = members;
  }

  /** The zone, or the region: the name of its zones up to the first slash. */
  public String zone() {
    return zone;
  }

  /** Those who are, or no longer are, suspected because of it and nothing else; ordered by id. */
  public List<Member> members() {
    return members;
  }
}
