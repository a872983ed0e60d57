package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member is new in the view, or back after having failed or left. */
public final class MemberJoinedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Member previous;
  private final boolean restart;

  MemberJoinedEvent(GossipNode node, Membership view, MembershipEvent.Joined joined) {
    super(node, view, joined.member());
    previous = joined.previous();
    restart = joined.isRestart();
  }

  /** The last record of the same id, if it had failed or left and is still remembered. */
  public Optional<Member> previous() {
    return Optional.ofNullable(previous);
  }

  /** Whether this is a new process under the id of one that had failed or left. */
  public boolean isRestart() {
    return restart;
  }
}
