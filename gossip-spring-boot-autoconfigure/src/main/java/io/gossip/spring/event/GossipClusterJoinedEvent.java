package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** This node heard another for the first time since its start. */
public final class GossipClusterJoinedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  GossipClusterJoinedEvent(GossipNode node, Membership view) {
    super(node, view);
  }
}
