package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/** A member left on purpose. */
public final class MemberLeftEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  MemberLeftEvent(GossipNode node, Membership view, Member member) {
    super(node, view, member);
  }
}
