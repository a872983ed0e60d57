package io.gossip.crypto;

/** Why a datagram was neither delivered nor answered. */
public enum Rejection {
  /** Not a sealed datagram, cut short, or against the rules. */
  MALFORMED,
  /** Sealed under a key that is not in the ring. */
  KEY,
  /** Sealed in this member's own session: somebody sent its own packet back. */
  OWN,
  /** Not genuine: changed on its way, of another cluster, or made up. */
  TAG,
  /** Has come before, or is too old to know. */
  REPLAY,
  /** Answers a question of an earlier life. */
  STALE
}
