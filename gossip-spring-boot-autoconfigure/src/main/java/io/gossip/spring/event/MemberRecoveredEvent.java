package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/**
 * A suspected member showed that it lives. Published only where {@code gossip.events.suspicion} is
 * set.
 */
public final class MemberRecoveredEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  MemberRecoveredEvent(GossipNode node, Membership view, Member member) {
    super(node, view, member);
  }
}
