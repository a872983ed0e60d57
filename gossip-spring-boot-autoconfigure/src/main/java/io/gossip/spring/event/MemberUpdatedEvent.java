package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/** A member changed its state, address or zone. */
public final class MemberUpdatedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final transient Member previous;

  MemberUpdatedEvent(GossipNode node, Membership view, Member member, Member previous) {
    super(node, view, member);
    this.previous = previous;
  }

  /** The member as it was before. */
  public Member previous() {
    return previous;
  }
}
