package io.gossip.wire;

/**
 * What one active member adds to a view hash. A view hash is the sum of these over the members of a
 * view, or of one bucket of it, modulo 2^64: it can be kept up with one addition per change and
 * does not depend on any order.
 *
 * <p>Not a secret: who can choose handles can make two views look alike.
 */
public final class ViewHash {

  private ViewHash() {}

  /** The member's part; the same whether it is alive or suspect. */
  public static long of(long handle, int incarnation, long stateVersion) {
    return mix(mix(mix(handle) + Integer.toUnsignedLong(incarnation)) + stateVersion);
  }

  /**
   * The finalizer of SplitMix64: each bit of the input flips each bit of the result at even odds.
   */
  private static long mix(long input) {
    long z = input;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
