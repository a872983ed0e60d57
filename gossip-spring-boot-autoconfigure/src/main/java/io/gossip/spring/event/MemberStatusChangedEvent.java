package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.spring.service.ServiceStatus;
import org.jspecify.annotations.Nullable;

/** The service of a member changed its status, or appeared, or disappeared. */
public final class MemberStatusChangedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable ServiceStatus from;
  private final transient @Nullable ServiceStatus to;

  MemberStatusChangedEvent(
      GossipNode node,
      Membership view,
      Member member,
      @Nullable ServiceStatus from,
      @Nullable ServiceStatus to) {
    super(node, view, member);
    this.from = from;
    this.to = to;
  }

  /** The status before; {@code null} if there was no service. */
  public @Nullable ServiceStatus from() {
    return from;
  }

  /** The status now; {@code null} if there is no service. */
  public @Nullable ServiceStatus to() {
    return to;
  }
}
