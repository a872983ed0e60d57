package io.gossip.spring.batch;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a member, in short.
 *
 * @param kind what happened
 * @param member the member as it stands after it
 */
public record MemberChange(Kind kind, Member member) {

  /** What happened. The gravest come first. */
  public enum Kind {
    /** Declared dead. */
    FAILED("failed"),
    /** Found silent. */
    SUSPECTED("fell silent"),
    /** Left on purpose. */
    LEFT("left"),
    /** New, or back after having failed or left. */
    JOINED("joined"),
    /** A new process bears the name, and nobody had missed the old. */
    RESTARTED("restarted"),
    /** Was silent, and showed that it lives. */
    RECOVERED("recovered"),
    /** Its state, address or zone is another. */
    UPDATED("changed"),
    /** Had failed or left, and is no longer kept. */
    EVICTED("expired");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    String verb() {
      return verb;
    }
  }

  /**
   * The change that an event tells of.
   *
   * @return {@code null} if it tells of this node, or of more than one member
   */
  public static @Nullable MemberChange of(MembershipEvent event) {
    Kind kind = kind(event);
    return kind == null ? null : new MemberChange(kind, event.member());
  }

  private static @Nullable Kind kind(MembershipEvent event) {
    if (event instanceof MembershipEvent.Joined) {
      return Kind.JOINED;
    }
    if (event instanceof MembershipEvent.Updated) {
      return Kind.UPDATED;
    }
    if (event instanceof MembershipEvent.Restarted) {
      return Kind.RESTARTED;
    }
    if (event instanceof MembershipEvent.Suspected) {
      return Kind.SUSPECTED;
    }
    if (event instanceof MembershipEvent.Recovered) {
      return Kind.RECOVERED;
    }
    if (event instanceof MembershipEvent.Failed) {
      return Kind.FAILED;
    }
    if (event instanceof MembershipEvent.Left) {
      return Kind.LEFT;
    }
    return event instanceof MembershipEvent.Forgotten ? Kind.EVICTED : null;
  }
}
