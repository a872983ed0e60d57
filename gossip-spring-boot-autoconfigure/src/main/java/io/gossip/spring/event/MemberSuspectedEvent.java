package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import java.util.List;

/** A member was found silent. Published only where {@code gossip.events.suspicion} is set. */
public final class MemberSuspectedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<Accusation> accusations;
  private final transient List<TrailEntry> trail;

  MemberSuspectedEvent(GossipNode node, Membership view, MembershipEvent.Suspected suspected) {
    super(node, view, suspected.member());
    this.reason = suspected.reason();
    this.accusations = suspected.accusations();
    this.trail = suspected.trail();
  }

  /** Why, as a sentence without a full stop. */
  public String reason() {
    return reason;
  }

  /** Who found it so, and how. */
  public List<Accusation> accusations() {
    return accusations;
  }

  /** What led to the suspicion, the latest last; empty where the node does not know. */
  public List<TrailEntry> trail() {
    return trail;
  }
}
