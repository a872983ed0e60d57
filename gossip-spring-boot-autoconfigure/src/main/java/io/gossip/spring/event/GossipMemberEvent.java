package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.service.ServiceRecord;
import org.jspecify.annotations.Nullable;

/** Something that happened to a member. */
public abstract class GossipMemberEvent extends GossipEvent {

  private static final long serialVersionUID = 1L;

  private final transient Member member;

  GossipMemberEvent(GossipNode node, Membership view, Member member) {
    super(node, view);
    this.member = member;
  }

  /** The member as it stands after the event. */
  public Member member() {
    return member;
  }

  /** The service it offers; {@code null} if it offers none. */
  public @Nullable ServiceRecord service() {
    return ServiceRecord.read(member);
  }

  /** Whether the member is this node. */
  public boolean local() {
    return member.id().equals(view().self().id());
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + member + "]";
  }
}
