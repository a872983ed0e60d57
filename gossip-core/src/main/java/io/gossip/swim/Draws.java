package io.gossip.swim;

import io.gossip.wire.ViewHash;
import java.util.random.RandomGenerator;

/**
 * Numbers for what only measures: a sequence of this node's own, so that the machine decides the
 * same with and without it. Who knows the node can guess them; a nonce of these proves nothing.
 */
final class Draws implements RandomGenerator {

  private final long handle;
  private long drawn;

  Draws(long handle) {
    this.handle = handle;
  }

  @Override
  public long nextLong() {
    return ViewHash.of(handle, 0, ++drawn);
  }
}
