package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** This node hears nobody, though it knows others or has seeds. The last view is kept. */
public final class GossipIsolatedEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  GossipIsolatedEvent(GossipNode node, Membership view) {
    super(node, view);
  }
}
