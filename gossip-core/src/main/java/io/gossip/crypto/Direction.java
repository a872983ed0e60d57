package io.gossip.crypto;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a sealed stream. Its frames are numbered from 1 by both sides, and the numbers
 * are not sent: what is left out, repeated or moved does not open.
 */
final class Direction {

  /** What a frame's tag vouches for besides the frame: how long it is. */
  private static final int LENGTH_BYTES = 4;

  private final Subkey key;
  private final Gcm gcm = new Gcm();
  private final long maxFrames;
  private long counter;

  /** The length of a frame, and the frame. */
  private byte[] box = new byte[0];

  private byte[] plain = new byte[0];

  Direction(Subkey key, long maxFrames) {
    this.key = key;
    this.maxFrames = maxFrames;
  }

  /** The sealed frame, or {@code null} if there have been too many. */
  @Nullable ByteBuffer seal(ByteBuffer message) {
    if (isExhausted()) {
      return null;
    }
    int length = message.remaining();
    int sealed = length + Gcm.TAG_BYTES;
    begin(sealed);
    message.get(message.position(), box, LENGTH_BYTES, length);
    gcm.seal(key, ++counter, box, LENGTH_BYTES, length);
    return ByteBuffer.wrap(box, LENGTH_BYTES, sealed);
  }

  /** What is in the frame, or {@code null} if its tag is not good. */
  @Nullable ByteBuffer open(ByteBuffer frame) {
    int sealed = frame.remaining();
    begin(sealed);
    frame.get(frame.position(), box, LENGTH_BYTES, sealed);
    if (plain.length < sealed) {
      plain = new byte[sealed];
    }
    int length = gcm.open(key, ++counter, box, LENGTH_BYTES, sealed, plain);
    return length < 0 ? null : ByteBuffer.wrap(plain, 0, length);
  }

  boolean isExhausted() {
    return counter == maxFrames;
  }

  void wipe() {
    key.wipe();
  }

  private void begin(int sealed) {
    if (box.length < LENGTH_BYTES + sealed) {
      box = new byte[LENGTH_BYTES + sealed];
    }
    ByteBuffer.wrap(box).putInt(0, sealed);
  }
}
