package io.gossip.crypto;

/** Why a sealed stream is dead. */
public enum StreamFailure {
  /** Not a handshake of this protocol and version, or a frame too short to have a tag. */
  MALFORMED,
  /** The handshake is under a key that is not in the ring, or is not the one it began with. */
  KEY,
  /** Not genuine: changed on its way, out of order, of another cluster, or made up. */
  TAG,
  /** Not what comes next: a frame before the handshake, or a handshake after it. */
  ORDER,
  /** As many frames as one key may seal have gone in one direction. */
  EXHAUSTED
}
