package io.gossip.membership;

/** How a member stands in one node's view (SWIM §4.2; LEFT is memberlist's). */
public enum MemberStatus {
  /** Answers, or has not been found silent. */
  ALIVE,
  /** Found silent by at least one accuser; can still refute. */
  SUSPECT,
  /** Declared failed. Only its owner's higher incarnation brings it back. */
  DEAD,
  /** Left on purpose. Final for its generation. */
  LEFT;

  /** Whether a member of this status takes part: {@link #ALIVE} or {@link #SUSPECT}. */
  public boolean isActive() {
    return this == ALIVE || this == SUSPECT;
  }
}
