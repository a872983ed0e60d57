package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.util.List;

/** A member was found silent. Published only where {@code gossip.events.suspicion} is set. */
public final class MemberSuspectedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final transient List<Accusation> accusations;

  MemberSuspectedEvent(
      GossipNode node, Membership view, Member member, List<Accusation> accusations) {
    super(node, view, member);
    this.accusations = accusations;
  }

  /** Who found it so, and how. */
  public List<Accusation> accusations() {
    return accusations;
  }
}
