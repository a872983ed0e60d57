package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;

/** A new process bears a member's name; the old one was not suspected. */
public final class MemberRestartedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final transient Member previous;

  MemberRestartedEvent(GossipNode node, Membership view, Member member, Member previous) {
    super(node, view, member);
    this.previous = previous;
  }

  /** The member as it was before. */
  public Member previous() {
    return previous;
  }
}
