package io.gossip.swim;

/**
 * A rule of the failure detector beyond plain SWIM (Das, Gupta, Motivala, 2002) that can be
 * switched off, see {@link SwimConfig#rules()}: for experiments that ask what it is good for.
 *
 * <p>Rules with a number of their own are switched off by that: {@code streamPing}, {@code
 * deathShare} 1, {@code deafHold} 0.
 */
public enum Rule {
  /**
   * Probe interval and timeouts grow with what this node knows of its own trouble (LHA-Probe,
   * Lifeguard §III-A).
   */
  LOCAL_HEALTH,

  /**
   * A relay says so when its target did not answer; one that says nothing counts against the node
   * that asked it (nack, Lifeguard §III-A).
   */
  NACK,

  /**
   * A suspicion starts long and shrinks with every independent accuser (LHA-Suspicion, Lifeguard
   * §III-B).
   */
  CONFIRMATIONS,

  /** Whoever pings a suspect tells it so (buddy system, Lifeguard §III-C). */
  BUDDY,

  /**
   * A node that hears nobody accuses nobody for a while, and gives suspects time anew when it hears
   * again (ours).
   */
  DEAF_HOLD,

  /** No verdict falls while input is unread that might refute it (ours). */
  DRAIN_FIRST,

  /** A packet from the suspect itself ends the suspicion here (ours). */
  LIFE_EVIDENCE,

  /**
   * What others say of a member's end is doubted by who heard it within the last period: it looks
   * for itself (ours).
   */
  OWN_EARS,

  /** A node that finds itself woken late drops its probes and lets no suspicion run out (ours). */
  PAUSE_GUARD,

  /**
   * What the host of a silent member answers over TCP is weighed: refused, silent, or connected
   * without an answer (ours).
   */
  KERNEL_EVIDENCE,

  /** A member whose suspicion has run out is looked for on all paths once more (ours). */
  LAST_LOOK,

  /** One node declares only a share of the cluster dead within a few periods (ours). */
  STORM_BRAKE,

  /**
   * An answer is late by the measure of former ones instead of a fixed time (ours, after RFC 6298).
   */
  ADAPTIVE_TIMEOUT,

  /** Urgent news does not wait for the tick of gossip (ours). */
  EAGER_GOSSIP,

  /** It is found out whether datagrams of the full size get through (ours). */
  SIZE_TRIALS
}
