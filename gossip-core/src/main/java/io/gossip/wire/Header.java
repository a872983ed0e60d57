package io.gossip.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What every packet says first.
 *
 * @param version the wire version the packet is written in, 1 to 255
 * @param flags see {@link #flags}, 0 to 255; bits without a meaning yet are ignored
 * @param cluster {@linkplain #clusterHash hash} of the cluster's name
 * @param sender handle of the sending member or joiner
 * @param incarnation of the sender; unsigned
 * @param viewHash the sender's root hash over its active members
 */
public record Header(
    int version, int flags, long cluster, long sender, int incarnation, long viewHash) {

  /** Flag: the sender would like the receiver's rumors in return, if the view hashes differ. */
  public static final int PULL = 1;

  /** The highest local health score that is told; those above it are told as this. */
  public static final int MAX_HEALTH = 14;

  private static final int HEALTH_SHIFT = 4;

  /** The flags of a packet, with its sender's local health score. */
  public static int flags(boolean pull, int health) {
    return (pull ? PULL : 0) | (Math.min(health, MAX_HEALTH) + 1) << HEALTH_SHIFT;
  }

  /** The sender's local health score; -1 if it does not tell. */
  public int health() {
    return ((flags >> HEALTH_SHIFT) & 0xF) - 1;
  }

  /** Whether the sender asks for rumors in return. */
  public boolean pulls() {
    return (flags & PULL) != 0;
  }

  /**
   * The number a cluster's name goes by: the first 64 bits of SHA-256 over its UTF-8 bytes. Never
   * 0.
   */
  public static long clusterHash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      long hash = ByteBuffer.wrap(digest).getLong();
      return hash == 0 ? 1 : hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
