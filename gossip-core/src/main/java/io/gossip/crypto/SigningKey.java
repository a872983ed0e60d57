package io.gossip.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The Ed25519 key pair of one member. Immutable, and safe for any thread. Its secret half is in no
 * text and no message.
 */
public final class SigningKey {

  private static final int BYTES = 32;

  private final PrivateKey secret;
  private final byte[] seed;
  private final byte[] publicBytes;

  private SigningKey(PrivateKey secret, byte[] seed, byte[] publicBytes) {
    this.secret = secret;
    this.seed = seed;
    this.publicBytes = publicBytes;
  }

  /** A new one. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return of(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    }
  }

  /**
   * One that exists.
   *
   * @throws IllegalArgumentException if the two are no Ed25519 keys, or do not belong together
   */
  public static SigningKey of(PrivateKey secret, PublicKey publicKey) {
    if (!(secret instanceof EdECPrivateKey own) || !(publicKey instanceof EdECPublicKey)) {
      throw new IllegalArgumentException(
          "a key to sign with must be of Ed25519, but was of " + secret.getAlgorithm());
    }
    byte[] encoded = publicKey.getEncoded();
    byte[] publicBytes = Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length);
    byte[] seed = own.getBytes().orElse(new byte[0]);
    if (seed.length != BYTES) {
      throw new IllegalArgumentException(
          "a key to sign with must be of Ed25519 and be there itself, not in a device");
    }
    SigningKey key = new SigningKey(secret, seed, publicBytes);
    byte[] probe = {1};
    Ed25519 engine = new Ed25519.Jdk();
    if (!engine.verify(publicBytes, probe, engine.sign(key, probe))) {
      throw new IllegalArgumentException("the two halves of the key do not belong together");
    }
    return key;
  }

  /** The 32 bytes that its signatures are checked with (RFC 8032, §5.1.5). */
  public byte[] publicKey() {
    return publicBytes.clone();
  }

  /** The first 8 hexadecimal digits of its public half, for people. */
  public String shortText() {
    return HexFormat.of().formatHex(publicBytes, 0, 4);
  }

  PrivateKey secret() {
    return secret;
  }

  byte[] seed() {
    return seed;
  }

  @Override
  public String toString() {
    return "Ed25519 key";
  }
}
