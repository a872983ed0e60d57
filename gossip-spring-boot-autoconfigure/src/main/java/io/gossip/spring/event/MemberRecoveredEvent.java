package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import java.util.List;

/**
 * A suspected member showed that it lives. Published only where {@code gossip.events.suspicion} is
 * set.
 */
public final class MemberRecoveredEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<TrailEntry> trail;

  MemberRecoveredEvent(GossipNode node, Membership view, MembershipEvent.Recovered recovered) {
    super(node, view, recovered.member());
    this.reason = recovered.reason();
    this.trail = recovered.trail();
  }

  /** Why, as a sentence without a full stop. */
  public String reason() {
    return reason;
  }

  /**
   * What had spoken against it and what refuted that, the latest last; empty where the node does
   * not know.
   */
  public List<TrailEntry> trail() {
    return trail;
  }
}
