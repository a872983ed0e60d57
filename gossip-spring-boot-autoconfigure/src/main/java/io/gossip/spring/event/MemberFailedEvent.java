package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import java.time.Duration;
import java.util.List;

/** A member was declared dead. */
public final class MemberFailedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Duration detection;
  private final transient List<Accusation> accusations;

  MemberFailedEvent(
      GossipNode node,
      Membership view,
      Member member,
      String reason,
      Duration detection,
      List<Accusation> accusations) {
    super(node, view, member);
    this.reason = reason;
    this.detection = detection;
    this.accusations = accusations;
  }

  /** Why, as a sentence without a full stop. */
  public String reason() {
    return reason;
  }

  /** Time between the first suspicion here and the verdict. */
  public Duration detection() {
    return detection;
  }

  /** Who found it silent, and how; may be empty when the verdict came from a peer. */
  public List<Accusation> accusations() {
    return accusations;
  }
}
