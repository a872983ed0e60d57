package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One side of a sealed stream: a handshake of two messages, then frames in both directions under a
 * key each. Not thread-safe.
 *
 * <p>The initiator {@linkplain #start() starts}; each side hands the {@value #HANDSHAKE_BYTES}
 * bytes it gets first to {@link #handshake}, the acceptor sends what that returns; then {@link
 * #seal} and {@link #open} take a frame each, in the order of the stream. A call that cannot go on
 * returns {@code null}: the stream is dead, {@link #failure()} says why, and the caller closes it.
 */
public final class FrameCipher {

  /** The length of each message of the handshake. */
  public static final int HANDSHAKE_BYTES = 40;

  /** By how much a sealed frame is longer than what is in it. */
  public static final int OVERHEAD = Gcm.TAG_BYTES;

  /** In each direction. Far below what the nonce can count. */
  static final long MAX_FRAMES = 1L << 32;

  private enum State {
    NEW,
    ASKED,
    OPEN,
    DEAD
  }

  private static final short MAGIC = 0x4759;
  private static final byte VERSION = 1;
  private static final byte OPENING = 1;
  private static final byte ACCEPTANCE = 2;
  private static final int KEY_AT = 4;
  private static final int SESSION_AT = 8;
  private static final int SESSION_BYTES = 16;
  private static final int TAG_AT = SESSION_AT + SESSION_BYTES;

  /** The number of what a key of the handshake seals: it seals nothing else. */
  private static final long ONLY = 0;

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final Keyring ring;
  private final String cluster;
  private final RandomGenerator random;
  private final boolean initiator;
  private final long maxFrames;
  private State state = State.NEW;
  private @Nullable StreamFailure failure;

  /** The initiator's session, then the acceptor's. */
  private final byte[] sessions = new byte[2 * SESSION_BYTES];

  private Key key;
  private @Nullable Direction outward;
  private @Nullable Direction inward;

  FrameCipher(
      Keyring ring, String cluster, RandomGenerator random, boolean initiator, long maxFrames) {
    this.ring = ring;
    this.cluster = cluster;
    this.random = random;
    this.initiator = initiator;
    this.maxFrames = maxFrames;
    this.key = ring.primary();
  }

  /** The side that opened the connection. Outside of tests, {@code random} must be secure. */
  public static FrameCipher initiator(Keyring ring, String cluster, RandomGenerator random) {
    return new FrameCipher(ring, cluster, random, true, MAX_FRAMES);
  }

  /** The side that accepted it. Outside of tests, {@code random} must be secure. */
  public static FrameCipher acceptor(Keyring ring, String cluster, RandomGenerator random) {
    return new FrameCipher(ring, cluster, random, false, MAX_FRAMES);
  }

  /** Whether that begins like a handshake. Leaves the buffer as it is. */
  public static boolean isHandshake(ByteBuffer bytes) {
    int at = bytes.position();
    return bytes.remaining() >= 2
        && bytes.get(at) == (byte) (MAGIC >> 8)
        && bytes.get(at + 1) == (byte) MAGIC;
  }

  /**
   * The first message of the handshake, for the initiator to send.
   *
   * @throws IllegalStateException if this is the acceptor, or has started; the stream is as it was
   */
  public ByteBuffer start() {
    if (!initiator || state != State.NEW) {
      throw new IllegalStateException("only an initiator starts, and once, but this was " + this);
    }
    state = State.ASKED;
    return ByteBuffer.wrap(greeting(OPENING, 0));
  }

  /**
   * Takes the other side's message of the handshake, and leaves its buffer as it is.
   *
   * @return what to send, which is nothing for the initiator; or {@code null} if the stream is dead
   */
  public @Nullable ByteBuffer handshake(ByteBuffer message) {
    if (state != (initiator ? State.ASKED : State.NEW)) {
      return die(StreamFailure.ORDER);
    }
    if (message.remaining() != HANDSHAKE_BYTES || !isHandshake(message)) {
      return die(StreamFailure.MALFORMED);
    }
    byte[] bytes = new byte[HANDSHAKE_BYTES];
    message.get(message.position(), bytes);
    StreamFailure found = check(bytes);
    if (found != null) {
      return die(found);
    }
    byte[] answer = initiator ? null : greeting(ACCEPTANCE, SESSION_BYTES);
    Direction there = new Direction(subkey("gossip-stream-i2a-v1", sessions.length), maxFrames);
    Direction back = new Direction(subkey("gossip-stream-a2i-v1", sessions.length), maxFrames);
    outward = initiator ? there : back;
    inward = initiator ? back : there;
    state = State.OPEN;
    return answer == null ? NO_BYTES.duplicate() : ByteBuffer.wrap(answer);
  }

  /**
   * Seals a frame, and leaves its buffer as it is. The caller sends the number of bytes returned as
   * an int of 32 bits, then the bytes.
   *
   * @return the sealed frame, valid until the next call; or {@code null} if the stream is dead
   * @throws IllegalStateException if the handshake is not over; the stream is as it was
   */
  public @Nullable ByteBuffer seal(ByteBuffer plain) {
    if (state == State.DEAD) {
      return null;
    }
    if (outward == null) {
      throw new IllegalStateException("frames come after the handshake, but this was " + this);
    }
    ByteBuffer sealed = outward.seal(plain);
    return sealed == null ? die(StreamFailure.EXHAUSTED) : sealed;
  }

  /**
   * Opens a sealed frame, without the length before it, and leaves its buffer as it is.
   *
   * @return what was in it, valid until the next call; or {@code null} if the stream is dead
   */
  public @Nullable ByteBuffer open(ByteBuffer sealed) {
    if (inward == null) {
      return die(StreamFailure.ORDER);
    }
    if (sealed.remaining() < OVERHEAD) {
      return die(StreamFailure.MALFORMED);
    }
    if (inward.isExhausted()) {
      return die(StreamFailure.EXHAUSTED);
    }
    ByteBuffer plain = inward.open(sealed);
    return plain == null ? die(StreamFailure.TAG) : plain;
  }

  /** Whether the handshake is over and frames go both ways. */
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Why the stream is dead, or {@code null} if it lives or was closed. */
  public @Nullable StreamFailure failure() {
    return failure;
  }

  /** The id of the key the stream is sealed under; once that is retired, the stream should end. */
  public int keyId() {
    return key.id();
  }

  /** Ends the stream here, and wipes its keys. */
  public void close() {
    state = State.DEAD;
    if (outward != null) {
      outward.wipe();
      outward = null;
    }
    if (inward != null) {
      inward.wipe();
      inward = null;
    }
  }

  @Override
  public String toString() {
    return (initiator ? "initiator " : "acceptor ")
        + state
        + (failure == null ? "" : " for " + failure)
        + " under "
        + key;
  }

  /** What is wrong with the other side's message, or {@code null}; takes its session over. */
  private @Nullable StreamFailure check(byte[] bytes) {
    byte kind = bytes[3];
    if (bytes[2] != VERSION || (kind != OPENING && kind != ACCEPTANCE)) {
      return StreamFailure.MALFORMED;
    }
    if (kind != (initiator ? ACCEPTANCE : OPENING)) {
      return StreamFailure.ORDER;
    }
    int keyId = ByteBuffer.wrap(bytes).getInt(KEY_AT);
    Key named = initiator && keyId != key.id() ? null : ring.find(keyId);
    if (named == null) {
      return StreamFailure.KEY;
    }
    key = named;
    int at = initiator ? SESSION_BYTES : 0;
    System.arraycopy(bytes, SESSION_AT, sessions, at, SESSION_BYTES);
    Subkey subkey = greetingKey(kind);
    int opened =
        new Gcm().open(subkey, ONLY, bytes, TAG_AT, Gcm.TAG_BYTES, new byte[Gcm.TAG_BYTES]);
    subkey.wipe();
    return opened < 0 ? StreamFailure.TAG : null;
  }

  /** One of the two messages, with a new session in it. */
  private byte[] greeting(byte kind, int sessionAt) {
    byte[] session = new byte[SESSION_BYTES];
    random.nextBytes(session);
    System.arraycopy(session, 0, sessions, sessionAt, SESSION_BYTES);
    byte[] bytes = new byte[HANDSHAKE_BYTES];
    ByteBuffer.wrap(bytes).putShort(MAGIC).put(VERSION).put(kind).putInt(key.id()).put(session);
    Subkey subkey = greetingKey(kind);
    new Gcm().seal(subkey, ONLY, bytes, TAG_AT, 0);
    subkey.wipe();
    return bytes;
  }

  private Subkey greetingKey(byte kind) {
    return kind == OPENING
        ? subkey("gossip-stream-open-v1", SESSION_BYTES)
        : subkey("gossip-stream-accept-v1", sessions.length);
  }

  private Subkey subkey(String label, int sessionBytes) {
    byte[] info = new byte[label.length() + sessionBytes];
    ByteBuffer.wrap(info).put(label.getBytes(US_ASCII)).put(sessions, 0, sessionBytes);
    return Hkdf.of(key, cluster).subkey(info);
  }

  private @Nullable ByteBuffer die(StreamFailure reason) {
    if (state != State.DEAD) {
      close();
      failure = reason;
    }
    return null;
  }
}
