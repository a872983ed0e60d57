package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/** A member that had failed or left is no longer kept. */
public final class MemberEvictedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  MemberEvictedEvent(GossipNode node, Membership view, Member member) {
    super(node, view, member);
  }
}
