package io.gossip.wire;

import io.gossip.membership.Evidence;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Messages of every type and size that the protocol allows, from a seed. */
public final class RandomMessages {

  private static final String[] LETTERS = {"a", "Z", "7", "-", "ß", "€", "語", "😀"};

  private final SplittableRandom random;

  /** The messages of a seed. */
  public RandomMessages(long seed) {
    random = new SplittableRandom(seed);
  }

  Header header() {
    return new Header(
        random.nextInt(1, 256),
        random.nextInt(256),
        Samples.CLUSTER,
        random.nextLong(),
        incarnation(),
        random.nextLong());
  }

  Message message() {
    return message(any(MessageType.values()));
  }

  /** One of this type. */
  public Message message(MessageType type) {
    return switch (type) {
      case PING -> new Message.Ping(random.nextLong(), random.nextLong());
      case ACK -> new Message.Ack(random.nextLong(), version());
      case WRONG_TARGET -> new Message.WrongTarget(random.nextLong(), random.nextLong());
      case WATCH -> new Message.Watch(random.nextLong(), handle());
      case PING_REQ -> new Message.PingReq(random.nextLong(), handle());
      case RELAYED_ACK -> new Message.RelayedAck(random.nextLong(), handle(), incarnation());
      case NACK -> new Message.Nack(random.nextLong(), handle());
      case ALIVE -> alive();
      case SUSPECT -> new Update.Suspect(handle(), incarnation(), charges(1));
      case DEAD -> new Update.Dead(handle(), incarnation(), charges(0));
      case LEFT -> new Update.Left(handle(), incarnation(), signature());
      case STATE -> state();
      case REFUTED -> new Update.Refuted(handle(), incarnation(), signature());
      case BUCKET_HASHES -> bucketHashes();
      case DIGEST -> digest();
      case FETCH -> new Message.Fetch(entries(-1));
      case OFFER -> new Message.Offer(entries(0));
      case JOIN -> new Message.Join(random.nextLong());
      case JOIN_ACCEPTED -> new Message.JoinAccepted(random.nextLong(), random.nextInt() >>> 1);
      case JOIN_REFUSED ->
          new Message.JoinRefused(
              random.nextLong(),
              any(RefusalReason.values()),
              random.nextLong(Limits.MAX_GENERATION + 1),
              text(0, Limits.DETAIL_BYTES));
      case BUSY -> new Message.Busy(random.nextLong(), addresses());
      case PAGE_REQUEST -> new Message.PageRequest(random.nextLong());
      case PAGE -> new Message.Page(random.nextLong());
    };
  }

  private Update.Alive alive() {
    int min = random.nextInt(1, 256);
    Signature signature = signature();
    return new Update.Alive(
        new NodeId(text(1, NodeId.MAX_BYTES)),
        random.nextLong(Limits.MAX_GENERATION + 1),
        incarnation(),
        address(),
        text(0, 64),
        new ProtocolRange(min, random.nextInt(min, 256)),
        version(),
        signature == null ? null : new OwnerKey(bytes(OwnerKey.BYTES), random.nextBoolean()),
        signature);
  }

  /** Signed or not. */
  private @Nullable Signature signature() {
    return random.nextBoolean() ? null : new Signature(bytes(Signature.BYTES));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Update.State state() {
    long from = random.nextLong(1L << 40);
    List<Update.Entry> entries = new ArrayList<>();
    long version = from;
    int bytes = 0;
    for (int i = random.nextInt(1, Limits.STATE_KEYS + 1); i > 0; i--) {
      String key = i + "/" + text(0, 16);
      String value = random.nextInt(4) == 0 ? null : text(0, 200);
      bytes += Utf8.length(key) + (value == null ? 0 : Utf8.length(value));
      if (bytes > Limits.STATE_BYTES) {
        break;
      }
      version += random.nextInt(1, 5);
      entries.add(new Update.Entry(key, version, value));
    }
    boolean reset = random.nextBoolean();
    long target = reset ? version + random.nextInt(3) : 0;
    return new Update.State(
        handle(),
        from,
        version,
        target,
        random.nextLong(version),
        entries,
        signature(),
        random.nextInt(256));
  }

  private Message.BucketHashes bucketHashes() {
    int bits = random.nextInt(1, Limits.BUCKET_BITS + 1);
    int first = random.nextInt(1 << bits);
    List<Long> sums = new ArrayList<>();
    for (int i = random.nextInt(1, Math.min(64, (1 << bits) - first) + 1); i > 0; i--) {
      sums.add(random.nextLong());
    }
    return new Message.BucketHashes(bits, first, sums);
  }

  private Message.Digest digest() {
    List<Message.DigestEntry> entries = entries(0);
    entries.sort((a, b) -> Long.compareUnsigned(a.handle(), b.handle()));
    if (entries.isEmpty()) {
      return new Message.Digest(5, 5, entries);
    }
    return new Message.Digest(
        entries.get(0).handle(), entries.get(entries.size() - 1).handle(), entries);
  }

  private List<Message.DigestEntry> entries(long leastVersion) {
    List<Message.DigestEntry> entries = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      long version = random.nextInt(5) == 0 ? leastVersion : version();
      entries.add(new Message.DigestEntry(handle(), incarnation(), version));
    }
    entries.sort(Comparator.comparingLong(Message.DigestEntry::stateVersion));
    return entries;
  }

  private List<Update.Charge> charges(int least) {
    List<Update.Charge> charges = new ArrayList<>();
    for (int i = random.nextInt(least, Limits.CHARGES + 1); i > 0; i--) {
      charges.add(new Update.Charge(handle(), any(Evidence.values()), signature()));
    }
    return charges;
  }

  private List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = random.nextInt(Limits.ALTERNATIVES + 1); i > 0; i--) {
      addresses.add(address());
    }
    return addresses;
  }

  private InetSocketAddress address() {
    int port = random.nextInt(1, 65_536);
    return random.nextBoolean()
        ? Samples.address("10.1." + random.nextInt(256) + "." + random.nextInt(256), port)
        : Samples.address("2001:db8::" + Integer.toHexString(random.nextInt(0x10000)), port);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private long handle() {
    return random.nextLong() | 1;
  }

  private int incarnation() {
    return random.nextInt() >>> random.nextInt(32);
  }

  private long version() {
    return random.nextLong(Limits.MAX_STATE_VERSION + 1) >>> random.nextInt(56);
  }

  private String text(int leastLetters, int maxBytes) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int i = random.nextInt(leastLetters, maxBytes / 4 + 1); i > 0; i--) {
      String letter = any(LETTERS);
      bytes += Utf8.length(letter);
      text.append(bytes <= maxBytes ? letter : "");
    }
    return text.toString();
  }
}
