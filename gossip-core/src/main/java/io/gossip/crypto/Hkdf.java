package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys out of one secret: HKDF (RFC 5869) with HMAC-SHA-256. Holds what extract gave (§2.2), and
 * expands it (§2.3) as often as asked. Not thread-safe.
 */
final class Hkdf {

  private static final int HASH_BYTES = 32;

  private final Mac mac;

  private Hkdf(byte[] extracted) {
    this.mac = mac(extracted);
  }

  /** What a ring's key is for one cluster: under another name, all that comes out is different. */
  static Hkdf of(Key key, String cluster) {
    return of(sha256(cluster.getBytes(UTF_8)), key.secret());
  }

  /** Extracts; an empty salt is as good as none. */
  static Hkdf of(byte[] salt, byte[] secret) {
    byte[] extracted = extract(salt, secret);
    Hkdf hkdf = new Hkdf(extracted);
    Arrays.fill(extracted, (byte) 0);
    return hkdf;
  }

  /** RFC 5869 §2.2. */
  static byte[] extract(byte[] salt, byte[] secret) {
    return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, secret);
  }

  /** RFC 5869 §2.3. */
  byte[] expand(byte[] info, int length) {
    if (length < 1 || length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("length must be from 1 to 8160, but was " + length);
    }
    byte[] expanded = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0; at < length; at += HASH_BYTES) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) (at / HASH_BYTES + 1));
      Arrays.fill(block, (byte) 0);
      block = mac.doFinal();
      System.arraycopy(block, 0, expanded, at, Math.min(HASH_BYTES, length - at));
    }
    Arrays.fill(block, (byte) 0);
    return expanded;
  }

  /** The AES-256 key for what the info says. */
  Subkey subkey(byte[] info) {
    return new Subkey(expand(info, Subkey.BYTES));
  }

  static byte[] hmac(byte[] key, byte[] message) {
    return mac(key).doFinal(message);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
