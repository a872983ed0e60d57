package io.gossip.swim;

import io.gossip.wire.Limits;
import java.util.List;

/**
 * The view hash in parts: its sum over the active members by the first bits of their handles, at
 * any number of bits, so that two views can be compared bucket by bucket (design: anti-entropy).
 *
 * <p>Only the leaves are kept, and only from the first time that they are asked for: a small view,
 * or one that agrees with all others, costs nothing. A coarser level is made of sums of leaves.
 */
final class HashTree {

  /** The finest level that is kept: the sums of one level fit a datagram. */
  static final int LEAF_BITS = Limits.BUCKET_BITS;

  /** Up to so many members, telling all of them takes little more than telling sums. */
  private static final int FLAT = 96;

  private static final long[] NOT_KEPT = {};

  private long[] leaves = NOT_KEPT;

  /**
   * At how many bits views of this size are compared: about as many buckets as there are members in
   * each; 0 for a view so small that buckets do not pay.
   */
  static int bits(int members) {
    if (members <= FLAT) {
      return 0;
    }
    int bits = 1;
    while (bits < LEAF_BITS && 1L << (2 * bits) < members) {
      bits++;
    }
    return bits;
  }

  /** The bucket of a handle at a number of bits, 1 or more. */
  static int bucket(long handle, int bits) {
    return (int) (handle >>> (Long.SIZE - bits));
  }

  /** The first handle of a bucket; that of the next begins where it ends. */
  static long firstHandle(int bucket, int bits) {
    return (long) bucket << (Long.SIZE - bits);
  }

  /** The last handle of a bucket. */
  static long lastHandle(int bucket, int bits) {
    return firstHandle(bucket, bits) | (-1L >>> bits);
  }

  /** A member's term has joined the view hash; or left it, if the term is negated. */
  void add(long handle, long term) {
    if (leaves != NOT_KEPT) {
      leaves[bucket(handle, LEAF_BITS)] += term;
    }
  }

  /**
   * The sum of each bucket.
   *
   * @param bits 1 to {@value #LEAF_BITS}
   * @param active the members that count
   */
  long[] sums(int bits, List<Peer> active) {
    if (leaves == NOT_KEPT) {
      leaves = counted(active);
    }
    long[] sums = new long[1 << bits];
    for (int leaf = 0; leaf < leaves.length; leaf++) {
      sums[leaf >>> (LEAF_BITS - bits)] += leaves[leaf];
    }
    return sums;
  }

  private static long[] counted(List<Peer> active) {
    long[] sums = new long[1 << LEAF_BITS];
    for (int i = 0; i < active.size(); i++) {
      Peer peer = active.get(i);
      sums[bucket(peer.handle, LEAF_BITS)] += peer.term();
    }
    return sums;
  }
}
