package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** This node hears others again after having been isolated. */
public final class GossipReconnectedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  GossipReconnectedEvent(GossipNode node, Membership view) {
    super(node, view);
  }
}
