package io.gossip.crypto;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This member's own sessions, and the packets sealed in them. No two packets share a key and a
 * nonce: in a session no number comes twice, and no two sessions share a subkey.
 */
final class Sealer {

  private final RandomGenerator random;
  private final long sessionPackets;
  private final Gcm gcm = new Gcm();
  private final byte[] box = new byte[Layout.MAX_BYTES];
  private final ByteBuffer writer = ByteBuffer.wrap(box);

  /** What callers get: whatever they do to it, the writer stays as it is. */
  private final ByteBuffer result = ByteBuffer.wrap(box);

  private RingKeys keys;
  private Session session;
  private Subkey subkey;
  private long counter;

  private @Nullable Session previous;
  private long previousUntil;
  private long sealed;
  private long sessions = 1;

  Sealer(RingKeys keys, RandomGenerator random, long sessionPackets) {
    this.keys = keys;
    this.random = random;
    this.sessionPackets = sessionPackets;
    this.session = Session.random(random);
    this.subkey = session.subkey(keys.primary());
  }

  /** Seals a message, which is left as it is. The bytes are good until the next call. */
  ByteBuffer seal(byte kind, long receiver, ByteBuffer plain, long now) {
    if (counter == sessionPackets) {
      renew(now);
    }
    counter++;
    int length = plain.remaining();
    writer
        .putShort(Layout.MAGIC_AT, Layout.MAGIC)
        .put(Layout.VERSION_AT, Layout.VERSION)
        .put(Layout.KIND_AT, kind)
        .putInt(Layout.KEY_AT, keys.primaryId())
        .putLong(Layout.SESSION_AT, session.head())
        .putInt(Layout.SESSION_AT + 8, session.tail())
        .putLong(Layout.RECEIVER_AT, receiver)
        .putInt(Layout.COUNTER_AT, (int) counter);
    plain.get(plain.position(), box, Layout.HEADER_BYTES, length);
    gcm.seal(subkey, counter, box, Layout.HEADER_BYTES, length);
    sealed++;
    return result.clear().limit(length + Layout.OVERHEAD);
  }

  /**
   * Takes another ring, and returns whether a new session began, as it does under a new primary.
   */
  boolean keys(RingKeys next, long now) {
    boolean isNew = !next.ring().primary().equals(keys.ring().primary());
    keys = next;
    if (isNew) {
      renew(now);
    }
    return isNew;
  }

  /** Seals from now on in a new session. What is on its way to this one is still welcome. */
  void renew(long now) {
    previous = session;
    previousUntil = now + PacketCipher.GRACE_NANOS;
    subkey.wipe();
    session = Session.random(random);
    subkey = session.subkey(keys.primary());
    counter = 0;
    sessions++;
  }

  /** As {@link #renew}, but what is on its way is not welcome. */
  void restart(long now) {
    renew(now);
    previousUntil = now;
  }

  /** Whether a packet sealed in that session is this member's own, sent back by somebody. */
  boolean isOwn(Session other) {
    return other.equals(session) || other.equals(previous);
  }

  /** Whether those who write this mean the life that this member leads. */
  boolean isThisLife(long receiver, long now) {
    return receiver == session.head()
        || (previous != null && receiver == previous.head() && now - previousUntil < 0);
  }

  long sealed() {
    return sealed;
  }

  long sessions() {
    return sessions;
  }
}
