package io.gossip.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** The Ed25519 public key (RFC 8032) that a member's own word is checked with. Immutable. */
public final class OwnerKey {

  /** How long each is. */
  public static final int BYTES = 32;

  private final byte[] bytes;
  private final boolean lasting;

  /**
   * Copies the bytes.
   *
   * @param lasting whether the member's later processes will have the same key, so that nobody else
   *     may take its name while it is away
   * @throws IllegalArgumentException if they are not {@value #BYTES}
   */
  public OwnerKey(byte[] bytes, boolean lasting) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a public key must have " + BYTES + " bytes, but had " + bytes.length);
    }
    this.bytes = bytes.clone();
    this.lasting = lasting;
  }

  /** A copy of its bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether it outlives the process that has it. */
  public boolean isLasting() {
    return lasting;
  }

  void write(ByteSink to) {
    to.int8(lasting ? 1 : 0);
    to.bytes(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerKey key
        && lasting == key.lasting
        && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "key " + HexFormat.of().formatHex(bytes, 0, 4);
  }
}
