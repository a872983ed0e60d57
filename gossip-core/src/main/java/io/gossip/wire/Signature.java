package io.gossip.wire;

import java.util.Arrays;

/** An Ed25519 signature (RFC 8032). Immutable. */
public final class Signature {

  /** How long each is. */
  public static final int BYTES = 64;

  private final byte[] bytes;

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException if they are not {@value #BYTES}
   */
  public Signature(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a signature must have " + BYTES + " bytes, but had " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of its bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  void write(ByteSink to) {
    to.bytes(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature signature && Arrays.equals(bytes, signature.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "signature";
  }
}
