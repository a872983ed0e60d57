package io.gossip.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes packets, one after the other, into one buffer. Not thread-safe.
 *
 * <p>{@link #begin}, any number of {@link #add}s, {@link #finish}. A packet never exceeds the
 * budget it was begun with.
 */
public final class PacketWriter {

  /** The most that a packet takes before its first message, checksum included. */
  public static final int OVERHEAD = Layout.HEADER_BYTES + 5;

  /**
   * The most that an {@link Update.State} takes besides its entries: type, length, handle, four
   * versions and the number of entries.
   */
  public static final int STATE_OVERHEAD = 1 + 3 + 8 + 4 * 8 + 1;

  /** What a signature takes behind that. */
  public static final int SIGNATURE_OVERHEAD = 1 + Signature.BYTES;

  private final ByteBuffer buffer;
  private final ByteSink sink;
  private final CRC32C checksum = new CRC32C();
  private int count;
  private boolean open;

  /**
   * Makes a writer of packets.
   *
   * @param capacity the largest packet, in bytes
   */
  public PacketWriter(int capacity) {
    if (capacity < OVERHEAD) {
      throw new IllegalArgumentException(
          "capacity must be at least " + OVERHEAD + ", but was " + capacity);
    }
    buffer = ByteBuffer.allocate(capacity);
    sink = ByteSink.into(buffer);
  }

  /**
   * Starts a packet; one that was not finished is thrown away.
   *
   * @param budget bytes it may take in all, {@value #OVERHEAD} to the capacity
   * @throws IllegalArgumentException if the budget or a field of the header is out of range
   */
  public void begin(Header header, int budget) {
    if (budget < OVERHEAD || budget > buffer.capacity()) {
      throw new IllegalArgumentException(
          "budget must be " + OVERHEAD + " to " + buffer.capacity() + ", but was " + budget);
    }
    if (header.version() < 1 || header.version() > 255) {
      throw new IllegalArgumentException("version must be 1 to 255, but was " + header.version());
    }
    if (header.flags() < 0 || header.flags() > 255) {
      throw new IllegalArgumentException("flags must be 0 to 255, but were " + header.flags());
    }
    buffer.clear().limit(budget);
    buffer.putShort(Layout.MAGIC);
    sink.int8(header.version());
    sink.int8(header.flags());
    buffer.putInt(0);
    sink.int64(header.cluster());
    sink.int64(header.sender());
    sink.int64(header.viewHash());
    sink.incarnation(header.incarnation());
    count = 0;
    open = true;
  }

  /**
   * Appends a message, or leaves the packet as it was.
   *
   * @return whether there was room
   * @throws IllegalArgumentException if the message breaks a rule of the protocol; the packet is as
   *     it was
   * @throws IllegalStateException if no packet was begun
   */
  public boolean add(Message message) {
    requireOpen();
    String violation = MessageRules.violation(message);
    if (violation != null) {
      throw new IllegalArgumentException(violation + " in " + message);
    }
    int body = bodySize(message);
    if (1 + Varint.size(body) + body > buffer.remaining()) {
      return false;
    }
    sink.int8(MessageType.of(message).code());
    sink.varint(body);
    MessageWriter.write(message, sink);
    count++;
    return true;
  }

  /**
   * Appends a ping that takes all the room there is: what follows its fields are zeros, which
   * readers leave unread. It must fit.
   *
   * @throws IllegalStateException if no packet was begun
   */
  public void addFilling(Message.Ping ping) {
    requireOpen();
    int room = buffer.remaining() - 1;
    int body = room - Varint.size(room);
    sink.int8(MessageType.PING.code());
    sink.varint(body);
    MessageWriter.write(ping, sink);
    sink.zeros(body - bodySize(ping));
    count++;
  }

  /** Bytes that further messages can take. */
  public int remaining() {
    requireOpen();
    return buffer.remaining();
  }

  /** Messages in the packet. */
  public int count() {
    return count;
  }

  /**
   * Ends the packet.
   *
   * @return the packet, from position to limit; valid until the next {@link #begin}
   * @throws IllegalStateException if no packet was begun
   */
  public ByteBuffer finish() {
    requireOpen();
    open = false;
    buffer.flip();
    buffer.putInt(Layout.CHECKSUM_AT, Layout.checksum(buffer, checksum));
    return buffer;
  }

  /** Bytes the message takes in a packet, its type and length included. */
  public static int sizeOf(Message message) {
    int body = bodySize(message);
    return 1 + Varint.size(body) + body;
  }

  /** Bytes the entry takes in an {@link Update.State}. */
  public static int sizeOf(Update.Entry entry) {
    ByteSink counter = ByteSink.counting();
    MessageWriter.entry(entry, counter);
    return counter.count();
  }

  /** Bytes the entry takes in a {@link Message.Digest}, {@link Message.Fetch} or the like. */
  public static int sizeOf(Message.DigestEntry entry) {
    ByteSink counter = ByteSink.counting();
    MessageWriter.entry(entry, counter);
    return counter.count();
  }

  private static int bodySize(Message message) {
    ByteSink counter = ByteSink.counting();
    MessageWriter.write(message, counter);
    return counter.count();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("no packet was begun");
    }
  }
}
