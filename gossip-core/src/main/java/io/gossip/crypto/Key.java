package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A secret that all members of a cluster share: 16, 24 or 32 bytes. It shows itself only by its
 * {@linkplain #id() id}, and never in a text or a message.
 */
public final class Key {

  private static final byte[] ID_LABEL = "gossip-key-id".getBytes(US_ASCII);

  private final byte[] secret;
  private final int id;

  private Key(byte[] secret) {
    this.secret = secret;
    this.id = id(secret);
  }

  /**
   * The key with these bytes.
   *
   * @throws IllegalArgumentException if they are not 16, 24 or 32
   */
  public static Key of(byte[] secret) {
    if (!isLength(secret.length)) {
      throw new IllegalArgumentException(
          "a key must be of 16, 24 or 32 bytes, but was of " + secret.length);
    }
    return new Key(secret.clone());
  }

  /**
   * The key written in Base64: standard alphabet, padded, and nothing around it.
   *
   * @throws IllegalArgumentException if that is not what it is, or if it is not of 16, 24 or 32
   *     bytes; nothing of the text is in the message
   */
  public static Key ofBase64(String text) {
    byte[] secret = decoded(text);
    if (secret == null) {
      throw new IllegalArgumentException(
          "a key must be Base64 of 16, 24 or 32 bytes, in the standard alphabet (A-Z a-z 0-9 + /),"
              + " padded with = and without blanks or line ends, but the "
              + text.length()
              + " characters found are not");
    }
    if (!isLength(secret.length)) {
      throw new IllegalArgumentException(
          "a key must be Base64 of 16, 24 or 32 bytes, but the "
              + text.length()
              + " characters found are of "
              + secret.length
              + " bytes");
    }
    return new Key(secret);
  }

  /** A new key of 32 bytes. Outside of tests, the source must be a {@code SecureRandom}. */
  public static Key random(RandomGenerator random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new Key(secret);
  }

  /** What tells keys of one ring apart, in packets and to people; it says nothing of the secret. */
  public int id() {
    return id;
  }

  /** The id in 8 hexadecimal digits. */
  public String idText() {
    return idText(id);
  }

  /** An id as {@link #idText()} writes it. */
  public static String idText(int id) {
    return HexFormat.of().toHexDigits(id);
  }

  /** The secret itself, not a copy. */
  byte[] secret() {
    return secret;
  }

  /** In a time that does not depend on the secrets. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && id == key.id && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return "key " + idText();
  }

  private static boolean isLength(int length) {
    return length == 16 || length == 24 || length == 32;
  }

  /**
   * The bytes, or {@code null} if the text is not exactly how they are written. The JDK's decoder
   * takes more than that (no padding, stray bits), and its exceptions quote what they were given.
   */
  private static byte @Nullable [] decoded(String text) {
    try {
      byte[] secret = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(secret).equals(text) ? secret : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** 0 stands for no key, in tables and logs. */
  private static int id(byte[] secret) {
    int id = ByteBuffer.wrap(Hkdf.hmac(secret, ID_LABEL)).getInt();
    return id == 0 ? 1 : id;
  }
}
