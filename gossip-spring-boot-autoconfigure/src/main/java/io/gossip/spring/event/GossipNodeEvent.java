package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** Something that happened to this node. */
public abstract class GossipNodeEvent extends GossipEvent {

  private static final long serialVersionUID = 1L;

  GossipNodeEvent(GossipNode node, Membership view) {
    super(node, view);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + view().self().id() + "]";
  }
}
