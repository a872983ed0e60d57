package io.gossip.membership;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a member's evidence trail: something that spoke for or against it, as one node saw
 * it at that time.
 *
 * @param age how long before the trail was asked for, or the event published
 * @param step what happened
 * @param by whose word it is: the id of a member, this node included; the hexadecimal handle where
 *     the name is not known here
 * @param evidence what an accuser found; {@code null} where the step is no accusation
 * @param accuserHealth local health score of {@code by} at that time, 0 is healthy; -1 if it has
 *     not told this node
 * @param memberHealth local health score that the member had last told this node; -1 if none
 * @param roundTrip smoothed round-trip time between this node and the member at that time; {@code
 *     null} if it had never been measured
 * @param timer how long the suspicion was to last, where it is an accusation; how long the probe
 *     lasted, where one failed; {@code null} elsewhere
 * @param detail the rest in words, without a full stop: by which paths, and why the timer had its
 *     value
 */
public record TrailEntry(
    Duration age,
    Step step,
    String by,
    @Nullable Evidence evidence,
    int accuserHealth,
    int memberHealth,
    @Nullable Duration roundTrip,
    @Nullable Duration timer,
    String detail) {

  /** What can happen to a member. */
  public enum Step {
    /** This node's probe went unanswered on all paths. */
    PROBE_FAILED,
    /** A watch link of this node's to the member ended without a word. */
    LINK_LOST,
    /** The application reported a call to the member that failed. */
    CALL_FAILED,
    /** Somebody accuses it: this node or another member. */
    ACCUSED,
    /** The suspicion had run out, and the verdict was put off. */
    PUT_OFF,
    /** A last look before the verdict found nothing. */
    LAST_LOOK_FAILED,
    /** It showed that it lives: the suspicion ended. */
    REFUTED,
    /** It was declared dead. */
    DEAD,
    /** It came back from the dead in the same life. */
    RETURNED,
    /** A new process bears its name. */
    RESTARTED
  }

  @Override
  public String toString() {
    return age.toMillis() + " ms ago " + step + " by " + by + ": " + detail;
  }
}
