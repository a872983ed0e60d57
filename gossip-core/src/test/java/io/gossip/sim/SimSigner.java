package io.gossip.sim;

import io.gossip.swim.Signer;
import io.gossip.wire.OwnerKey;
import io.gossip.wire.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Signs as fast as a world of hundreds needs it: a hash of key and statement stands for the
 * signature. Who wants to forge one in a test must not compute it.
 *
 * @param key of whom
 * @param isRequired whether those that do not sign are refused
 */
public record SimSigner(OwnerKey key, boolean isRequired) implements Signer {

  /** Whoever has this name for a key, and refuses those that do not sign. */
  public static SimSigner of(String name) {
    return new SimSigner(new OwnerKey(hash(bytes(name)), false), true);
  }

  /** The same, for all processes of that name. */
  public SimSigner lasting() {
    return new SimSigner(new OwnerKey(key.bytes(), true), isRequired);
  }

  /** The same, taking in those that do not sign. */
  public SimSigner lenient() {
    return new SimSigner(key, false);
  }

  @Override
  public Signature sign(byte[] statement) {
    return signature(key, statement);
  }

  @Override
  public boolean isSignedBy(OwnerKey owner, byte[] statement, Signature signature) {
    return signature.equals(signature(owner, statement));
  }

  private static Signature signature(OwnerKey owner, byte[] statement) {
    byte[] half = hash(owner.bytes(), statement);
    return new Signature(ByteBuffer.allocate(Signature.BYTES).put(half).put(half).array());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
