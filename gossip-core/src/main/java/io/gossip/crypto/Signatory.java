package io.gossip.crypto;

/** Signs with one key, and checks what others have signed with theirs. Not thread-safe. */
public final class Signatory {

  private final SigningKey key;
  private final Ed25519 engine;

  /** Signs with that key. */
  public Signatory(SigningKey key) {
    this(key, Ed25519.best());
  }

  Signatory(SigningKey key, Ed25519 engine) {
    this.key = key;
    this.engine = engine;
  }

  /** The own signature of a message, 64 bytes; the same for the same message. */
  public byte[] sign(byte[] message) {
    return engine.sign(key, message);
  }

  /**
   * Whether the holder of that key has signed the message. Whatever the bytes are, it throws
   * nothing.
   *
   * @param publicKey 32 bytes
   * @param signature 64 bytes
   */
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return engine.verify(publicKey, message, signature);
  }
}
