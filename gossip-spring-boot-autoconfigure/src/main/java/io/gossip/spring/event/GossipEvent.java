package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;
import java.time.Instant;
import org.springframework.context.ApplicationEvent;

/**
 * Something that happened in the cluster or to this node. Published in order, one at a time, on a
 * thread that does nothing else; the node's view has changed before.
 */
public abstract class GossipEvent extends ApplicationEvent {

  private static final long serialVersionUID = 1L;

  private final transient Membership view;

  GossipEvent(GossipNode node, Membership view) {
    super(node);
    this.view = view;
  }

  /** The view right after it; the node's may be newer already. */
  public Membership view() {
    return view;
  }

  /** When it was noticed here. */
  public Instant timestamp() {
    return Instant.ofEpochMilli(getTimestamp());
  }
}
