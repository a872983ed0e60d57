package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.TrailEntry;
import java.time.Duration;
import java.util.List;

/** A member was declared dead. */
public final class MemberFailedEvent extends GossipMemberEvent {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Duration detection;
  private final transient Duration sinceFirstSign;
  private final transient List<Accusation> accusations;
  private final transient List<TrailEntry> trail;

  MemberFailedEvent(GossipNode node, Membership view, MembershipEvent.Failed failed) {
    super(node, view, failed.member());
    this.reason = failed.reason();
    this.detection = failed.detection();
    this.sinceFirstSign = failed.sinceFirstSign();
    this.accusations = failed.accusations();
    this.trail = failed.trail();
  }

  /** Why, as a sentence without a full stop. */
  public String reason() {
    return reason;
  }

  /** Time between the first suspicion here and the verdict. */
  public Duration detection() {
    return detection;
  }

  /**
   * Time between the first sign of it here and the verdict: the beginning of a ping that was not
   * answered, the end of a connection, somebody's accusation.
   */
  public Duration sinceFirstSign() {
    return sinceFirstSign;
  }

  /** Who found it silent, and how; may be empty when the verdict came from a peer. */
  public List<Accusation> accusations() {
    return accusations;
  }

  /** What led to the verdict, the latest last; empty where the node does not know. */
  public List<TrailEntry> trail() {
    return trail;
  }
}
