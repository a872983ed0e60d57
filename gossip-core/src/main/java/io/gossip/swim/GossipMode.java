package io.gossip.swim;

/** Which way news travels in a round of gossip (Demers et al., Epidemic Algorithms, §1.4). */
public enum GossipMode {
  /** Who has news sends it. */
  PUSH,
  /** Everyone asks others for news, whether there is any or not. */
  PULL,
  /** Who has news sends it and asks for the other's in return. */
  PUSH_PULL
}
