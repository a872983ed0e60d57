package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/** A member is new in the view, or back after having failed. */
public final class MemberJoinedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  MemberJoinedEvent(GossipNode node, Membership view, Member member) {
    super(node, view, member);
  }
}
