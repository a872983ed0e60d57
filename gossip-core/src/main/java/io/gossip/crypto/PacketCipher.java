package io.gossip.crypto;

import io.gossip.crypto.Opened.Outcome;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Seals one member's datagrams and opens those it gets: AES-256-GCM, and what is opened was sealed
 * by a holder of the key, for this life of this member, and has not come before. Not thread-safe.
 *
 * <p>Whom a packet is for is said by naming the receiver's session, which is new with every
 * process. A sender who does not know it sends the packet all the same; the receiver does not
 * deliver it, but answers with its session, and the sender seals the packet again. All of that is
 * in what {@link #open} returns: the caller sends what it is told to send.
 *
 * <p>Time is any clock in nanoseconds that does not run backwards, the same in all calls. Addresses
 * are compared with {@code equals}, so they should all be resolved.
 */
public final class PacketCipher {

  /** By how much a sealed datagram is longer than what is in it. */
  public static final int OVERHEAD = Layout.OVERHEAD;

  /** The longest message that can be sealed. */
  public static final int MAX_PLAIN_BYTES = Layout.MAX_BYTES - OVERHEAD;

  /** For how long after a change of session what names the old one is still welcome. */
  static final long GRACE_NANOS = 10_000_000_000L;

  /** For how long a packet is kept in case it must be sent again. */
  static final long KEPT_NANOS = 1_000_000_000L;

  /** For how long a session goes on after a sender to it had to be forgotten. */
  static final long WORN_NANOS = 60_000_000_000L;

  /** Least time between two answers to one session that does not know this life. */
  static final long GREETING_NANOS = 20_000_000L;

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final Sealer sealer;
  private final Senders senders;
  private final Addresses addresses;
  private final Rejections rejections = new Rejections();
  private RingKeys keys;

  /** Ids that were in the ring once. */
  private final Set<Integer> retired = new LinkedHashSet<>();

  private final byte[] box = new byte[Layout.MAX_BYTES];
  private final ByteBuffer reader = ByteBuffer.wrap(box);
  private final byte[] plain = new byte[MAX_PLAIN_BYTES];
  private final ByteBuffer message = ByteBuffer.wrap(plain);
  private final Opened delivery = Opened.of(Outcome.DELIVER, message);
  private final Opened nothing = Opened.of(Outcome.NOTHING, NO_BYTES);

  private long delivered;
  private long hellosSent;
  private long hellosHeard;
  private long resent;

  /** Whether, and since when, the window of some sender to this session is lost. */
  private boolean worn;

  private long wornAt;

  /**
   * Makes a cipher, and its first session.
   *
   * @param ring the keys to seal under and to accept
   * @param cluster name of the only cluster whose packets are opened
   * @param random what sessions are made of. Outside of tests it must be a {@code SecureRandom}: a
   *     session that comes a second time under one key gives the contents of both away
   * @param limits how much to do and to remember
   */
  public PacketCipher(Keyring ring, String cluster, RandomGenerator random, PacketLimits limits) {
    this.keys = new RingKeys(ring, cluster);
    this.senders = new Senders(limits);
    this.addresses = new Addresses(limits);
    this.sealer = new Sealer(keys, random, limits.sessionPackets());
  }

  /** Whether that begins like a sealed datagram. Leaves the buffer as it is. */
  public static boolean isSealed(ByteBuffer datagram) {
    int at = datagram.position();
    return datagram.remaining() >= 2
        && datagram.get(at) == (byte) (Layout.MAGIC >> 8)
        && datagram.get(at + 1) == (byte) Layout.MAGIC;
  }

  /**
   * Whether a datagram names the life that this member leads, as only those can who have heard from
   * it, or have listened. It need not be genuine. Leaves the buffer as it is.
   */
  public boolean namesThisLife(ByteBuffer datagram, long now) {
    int at = datagram.position() + Layout.RECEIVER_AT;
    if (datagram.remaining() < OVERHEAD) {
      return false;
    }
    long receiver = datagram.getLong(at);
    return sealer.isThisLife(
        datagram.order() == ByteOrder.BIG_ENDIAN ? receiver : Long.reverseBytes(receiver), now);
  }

  /**
   * Seals a message, and leaves its buffer as it is.
   *
   * @return the datagram, valid until the next call of this or of {@link #open}
   * @throws IllegalArgumentException if it is longer than {@link #MAX_PLAIN_BYTES}
   */
  public ByteBuffer seal(ByteBuffer plain, SocketAddress to, long now) {
    if (plain.remaining() > MAX_PLAIN_BYTES) {
      throw new IllegalArgumentException(
          "a message must be of at most "
              + MAX_PLAIN_BYTES
              + " bytes, but was of "
              + plain.remaining());
    }
    renewIfWorn(now);
    long receiver = addresses.receiver(to, plain, now);
    return sealer.seal(receiver == 0 ? Layout.FIRST : Layout.BOUND, receiver, plain, now);
  }

  /**
   * Opens a datagram, whoever wrote it, and leaves its buffer as it is. Whatever the bytes are, it
   * throws nothing.
   *
   * @return what has become of it, valid until the next call of this or of {@link #seal}
   */
  public Opened open(ByteBuffer datagram, SocketAddress from, long now) {
    int length = datagram.remaining();
    if (length < OVERHEAD || length > Layout.MAX_BYTES) {
      return rejections.reject(Rejection.MALFORMED);
    }
    datagram.get(datagram.position(), box, 0, length);
    return open(length, from, now);
  }

  /**
   * Replaces the ring. If the primary is another, a new session begins; what was sealed under a key
   * that is gone is not opened any more, and the sessions under it are forgotten. If a key comes
   * back that was gone, a new session begins, too, and what is on its way to the old one is lost.
   */
  public void keyring(Keyring next, long now) {
    RingKeys before = keys;
    RingKeys after = before.next(next);
    keys = after;
    senders.forget(id -> !after.sharesWith(before, id));
    addresses.forget(id -> !after.sharesWith(before, id));
    if (sealer.keys(after, now)) {
      worn = false;
    }
    if (retired.removeAll(next.ids())) {
      // What came under that key is forgotten, so it could come again as long as this life lasts.
      sealer.restart(now);
    }
    for (int id : before.ring().ids()) {
      if (next.find(id) == null) {
        retired.add(id);
      }
    }
  }

  /** The keys in use. */
  public Keyring keyring() {
    return keys.ring();
  }

  /** What has been done so far. */
  public PacketStats stats() {
    return new PacketStats(
        sealer.sealed(),
        delivered,
        rejections.counts(),
        hellosSent,
        hellosHeard,
        resent,
        sealer.sessions(),
        senders.knownCount(),
        senders.knownEvicted(),
        senders.greetedCount(),
        senders.greetedEvicted(),
        addresses.count(),
        addresses.evicted(),
        addresses.keptEvicted());
  }

  /** What is cheap to find out comes first; nothing is changed before the tag has been checked. */
  private Opened open(int length, SocketAddress from, long now) {
    byte kind = box[Layout.KIND_AT];
    long receiver = reader.getLong(Layout.RECEIVER_AT);
    long counter = Integer.toUnsignedLong(reader.getInt(Layout.COUNTER_AT));
    if (!isWellFormed(kind, receiver, counter, length)) {
      return rejections.reject(Rejection.MALFORMED);
    }
    int keyId = reader.getInt(Layout.KEY_AT);
    Hkdf key = keys.find(keyId);
    if (key == null) {
      return rejections.rejectKey(keyId);
    }
    Session session =
        new Session(
            reader.getLong(Layout.SESSION_AT), reader.getInt(Layout.SESSION_AT + Long.BYTES));
    if (sealer.isOwn(session)) {
      return rejections.reject(Rejection.OWN);
    }
    boolean forThisLife = sealer.isThisLife(receiver, now);
    if (kind == Layout.HELLO && !forThisLife) {
      return rejections.reject(Rejection.STALE);
    }
    Sender sender = senders.find(session);
    if (sender == null) {
      sender = new Sender(session, keyId, session.subkey(key));
    } else if (!sender.window.isFresh(counter)) {
      return rejections.reject(Rejection.REPLAY);
    }
    int opened = senders.open(sender, counter, box, length, plain);
    if (opened < 0) {
      return rejections.reject(Rejection.TAG);
    }
    sender.window.mark(counter);
    if (!forThisLife) {
      return answer(sender, now);
    }
    know(sender, from, now);
    return kind == Layout.HELLO ? hear(sender, from, now) : deliver(opened);
  }

  private boolean isWellFormed(byte kind, long receiver, long counter, int length) {
    return reader.getShort(Layout.MAGIC_AT) == Layout.MAGIC
        && box[Layout.VERSION_AT] == Layout.VERSION
        && counter > 0
        && switch (kind) {
          case Layout.FIRST -> receiver == 0;
          case Layout.BOUND -> receiver != 0;
          case Layout.HELLO -> receiver != 0 && length == OVERHEAD;
          default -> false;
        };
  }

  /**
   * One answer serves all that a sender has under way; who repeats what it recorded gets no more.
   */
  private Opened answer(Sender sender, long now) {
    senders.greet(sender);
    if (now - sender.greetedAt < GREETING_NANOS) {
      return nothing;
    }
    sender.greetedAt = now;
    hellosSent++;
    return Opened.of(
        Outcome.ANSWER, sealer.seal(Layout.HELLO, sender.session.head(), NO_BYTES, now));
  }

  private void know(Sender sender, SocketAddress from, long now) {
    long evicted = senders.knownEvicted();
    senders.know(sender);
    addresses.learn(from, sender, now);
    if (senders.knownEvicted() > evicted && !worn) {
      worn = true;
      wornAt = now;
    }
  }

  private Opened hear(Sender sender, SocketAddress from, long now) {
    hellosHeard++;
    ByteBuffer kept = addresses.takeKept(from, sender.session, now);
    if (kept == null) {
      return nothing;
    }
    resent++;
    return Opened.of(Outcome.RESEND, sealer.seal(Layout.BOUND, sender.session.head(), kept, now));
  }

  private Opened deliver(int length) {
    delivered++;
    message.clear().limit(length);
    return delivery;
  }

  /**
   * A sender whose window had to go could be replayed as long as this session lasts, so it does not
   * last. Not at once, as everybody has to be told the new one.
   */
  private void renewIfWorn(long now) {
    if (worn && now - wornAt >= WORN_NANOS) {
      sealer.renew(now);
      worn = false;
    }
  }
}
