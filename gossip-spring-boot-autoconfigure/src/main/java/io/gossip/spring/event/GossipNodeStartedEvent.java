package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** This node has started, for the first time or again. It may not have found anybody yet. */
public final class GossipNodeStartedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  GossipNodeStartedEvent(GossipNode node, Membership view) {
    super(node, view);
  }
}
