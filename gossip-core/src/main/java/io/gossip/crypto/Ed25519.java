package io.gossip.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * Ed25519 (RFC 8032) by the JDK, or by Bouncy Castle where it is on the class path, which is
 * several times as fast. Both give the same signatures. Not safe for several threads.
 */
abstract class Ed25519 {

  private static final String ALGORITHM = "Ed25519";
  private static final boolean IS_BOUNCY_CASTLE_HERE =
      isHere("org.bouncycastle.math.ec.rfc8032.Ed25519");

  /** What comes before the 32 bytes of a public key in its X.509 form (RFC 8410). */
  private static final byte[] X509 = {0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 33, 0};

  /** The fastest there is. */
  static Ed25519 best() {
    return IS_BOUNCY_CASTLE_HERE ? new BouncyCastle() : new Jdk();
  }

  /** Signs. */
  abstract byte[] sign(SigningKey key, byte[] message);

  /** Whether the holder of that key has signed the message; {@code false} whatever is wrong. */
  abstract boolean verify(byte[] publicKey, byte[] message, byte[] signature);

  private static boolean isHere(String name) {
    try {
      Class.forName(name, false, Ed25519.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** By the JDK. */
  static final class Jdk extends Ed25519 {
    private final Signature engine;
    private final KeyFactory keys;

    Jdk() {
      try {
        engine = Signature.getInstance(ALGORITHM);
        keys = KeyFactory.getInstance(ALGORITHM);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
      }
    }

    @Override
    byte[] sign(SigningKey key, byte[] message) {
      try {
        engine.initSign(key.secret());
        engine.update(message);
        return engine.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the key has signed before", e);
      }
    }

    @Override
    boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
      try {
        byte[] encoded = Arrays.copyOf(X509, X509.length + publicKey.length);
        System.arraycopy(publicKey, 0, encoded, X509.length, publicKey.length);
        PublicKey key = keys.generatePublic(new X509EncodedKeySpec(encoded));
        engine.initVerify(key);
        engine.update(message);
        return engine.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }

  /** By Bouncy Castle. */
  static final class BouncyCastle extends Ed25519 {

    @Override
    byte[] sign(SigningKey key, byte[] message) {
      byte[] signature = new byte[org.bouncycastle.math.ec.rfc8032.Ed25519.SIGNATURE_SIZE];
      org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
          key.seed(), 0, key.publicKey(), 0, message, 0, message.length, signature, 0);
      return signature;
    }

    @Override
    boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
      return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
          signature, 0, publicKey, 0, message, 0, message.length);
    }
  }
}
