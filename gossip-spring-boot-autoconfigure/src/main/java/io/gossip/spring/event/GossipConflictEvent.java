package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;
import java.net.InetSocketAddress;

/**
 * Another live process bears this node's name and is newer; this node no longer announces itself.
 */
public final class GossipConflictEvent extends GossipNodeEvent {

  private static final long serialVersionUID = 1L;

  private final InetSocketAddress other;

  GossipConflictEvent(GossipNode node, Membership view, InetSocketAddress other) {
    super(node, view);
    this.other = other;
  }

  /** Where the other process listens. */
  public InetSocketAddress other() {
    return other;
  }
}
