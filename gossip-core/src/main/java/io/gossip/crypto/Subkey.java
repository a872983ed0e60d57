package io.gossip.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * An AES-256 key for one session, which can be wiped. The JDK's own {@code SecretKeySpec} cannot.
 */
final class Subkey implements SecretKey {

  static final int BYTES = 32;

  private static final long serialVersionUID = 1L;

  private final transient byte[] secret;

  /** Takes the bytes over. */
  Subkey(byte[] secret) {
    this.secret = secret;
  }

  /** Makes it useless, and leaves nothing of it here. What ciphers copied is theirs. */
  void wipe() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return "subkey";
  }
}
