package io.gossip.crypto;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What has become of a datagram, and what is to be done now. */
public final class Opened {

  /** What is to be done. */
  public enum Outcome {
    /** The {@link #bytes()} are a message for this member. */
    DELIVER,
    /** Nothing is delivered; the {@link #bytes()}, a HELLO, go back to where it came from. */
    ANSWER,
    /** It was a HELLO; the {@link #bytes()}, sealed anew, go to where it came from. */
    RESEND,
    /** It was a HELLO, and nothing waits for it. */
    NOTHING,
    /** Dropped, for the {@link #rejection()} given. */
    REJECTED
  }

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final Outcome outcome;
  private final ByteBuffer bytes;
  private final @Nullable Rejection rejection;
  private final int keyId;

  private Opened(Outcome outcome, ByteBuffer bytes, @Nullable Rejection rejection, int keyId) {
    this.outcome = outcome;
    this.bytes = bytes;
    this.rejection = rejection;
    this.keyId = keyId;
  }

  static Opened of(Outcome outcome, ByteBuffer bytes) {
    return new Opened(outcome, bytes, null, 0);
  }

  static Opened rejected(Rejection rejection, int keyId) {
    return new Opened(Outcome.REJECTED, NO_BYTES, rejection, keyId);
  }

  /** What is to be done. */
  public Outcome outcome() {
    return outcome;
  }

  /** Valid until the cipher that gave it is called again; empty if there is nothing. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Why it was dropped, or {@code null} if it was not. */
  public @Nullable Rejection rejection() {
    return rejection;
  }

  /** The id of the key that is missing, if it was dropped for that; otherwise 0. */
  public int keyId() {
    return keyId;
  }

  @Override
  public String toString() {
    if (rejection == null) {
      return outcome + " of " + bytes.remaining() + " bytes";
    }
    return outcome + " for " + rejection + (keyId == 0 ? "" : " " + Key.idText(keyId));
  }
}
