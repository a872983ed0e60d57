package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;

/** Events were dropped because listeners were slow; what follows builds on this view. */
public final class GossipResyncEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final int dropped;

  GossipResyncEvent(GossipNode node, Membership view, int dropped) {
    super(node, view);
    this.dropped = dropped;
  }

  /** How many. */
  public int dropped() {
    return dropped;
  }
}
