package io.gossip.wire;

import static io.gossip.wire.MalformedPacketException.malformed;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from a stranger. Every method either returns what it says or throws {@link
 * MalformedPacketException}, and allocates no more than there are bytes for.
 */
final class ByteSource {

  private final ByteBuffer bytes;
  private @Nullable CharsetDecoder decoder; // few packets need one

  /** Reads from the buffer's position on, moving it. */
  ByteSource(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.remaining();
  }

  /** Whether this byte comes next; only then it is read. */
  boolean follows(int marker) {
    boolean follows = bytes.hasRemaining() && (bytes.get(bytes.position()) & 0xFF) == marker;
    if (follows) {
      bytes.get();
    }
    return follows;
  }

  int int8() throws MalformedPacketException {
    require(1);
    return bytes.get() & 0xFF;
  }

  int int16() throws MalformedPacketException {
    require(Short.BYTES);
    return bytes.getShort() & 0xFFFF;
  }

  long int64() throws MalformedPacketException {
    require(Long.BYTES);
    return bytes.getLong();
  }

  /** A number of 0 to {@code max}, in as few bytes as it needs and no more. */
  long varint(long max) throws MalformedPacketException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int b = int8();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          throw malformed("a number longer than it needs to be");
        }
        if (value > max) {
          throw malformed("a number above its limit");
        }
        return value;
      }
    }
    throw malformed("a number without an end");
  }

  int incarnation() throws MalformedPacketException {
    return (int) varint(0xFFFF_FFFFL);
  }

  /** The number of items that follow, for which there must be bytes enough. */
  int count(int max, int leastBytesEach) throws MalformedPacketException {
    int count = (int) varint(max);
    if (count > bytes.remaining() / leastBytesEach) {
      throw malformed("more items than bytes");
    }
    return count;
  }

  void skip(int length) throws MalformedPacketException {
    require(length);
    bytes.position(bytes.position() + length);
  }

  byte[] bytes(int length) throws MalformedPacketException {
    require(length);
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }

  String text(int maxBytes) throws MalformedPacketException {
    return decode((int) varint(maxBytes));
  }

  @Nullable String textOrNull(int maxBytes) throws MalformedPacketException {
    int length = (int) varint(maxBytes + 1L);
    return length == 0 ? null : decode(length - 1);
  }

  private String decode(int length) throws MalformedPacketException {
    require(length);
    return isAscii(length) ? ascii(length) : utf8(length);
  }

  private boolean isAscii(int length) {
    int at = bytes.position();
    for (int i = at; i < at + length; i++) {
      if (bytes.get(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** As most text is, which then is copied once. */
  private String ascii(int length) {
    byte[] from;
    int at;
    if (bytes.hasArray()) {
      from = bytes.array();
      at = bytes.arrayOffset() + bytes.position();
    } else {
      from = new byte[length];
      at = 0;
      bytes.get(bytes.position(), from);
    }
    bytes.position(bytes.position() + length);
    return new String(from, at, length, StandardCharsets.US_ASCII);
  }

  private String utf8(int length) throws MalformedPacketException {
    if (decoder == null) {
      decoder = StandardCharsets.UTF_8.newDecoder();
    }
    int limit = bytes.limit();
    CharBuffer chars = CharBuffer.allocate(length);
    bytes.limit(bytes.position() + length);
    CoderResult result = decoder.reset().decode(bytes, chars, true);
    bytes.limit(limit);
    if (!result.isUnderflow()) {
      throw malformed("text that is not UTF-8");
    }
    return chars.flip().toString();
  }

  InetSocketAddress address() throws MalformedPacketException {
    int length = int8();
    if (length != 4 && length != 16) {
      throw malformed("an address of neither 4 nor 16 bytes");
    }
    require(length);
    byte[] raw = new byte[length];
    bytes.get(raw);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(raw), int16());
    } catch (UnknownHostException e) {
      throw malformed("an address of no known kind");
    }
  }

  /**
   * Lets nothing be seen from {@code length} bytes on; gives back where that was, for the caller.
   */
  int narrow(int length) throws MalformedPacketException {
    require(length);
    int limit = bytes.limit();
    bytes.limit(bytes.position() + length);
    return limit;
  }

  /** Skips what is left of the narrow part and sees on to {@code limit} again. */
  void widen(int limit) {
    bytes.position(bytes.limit()).limit(limit);
  }

  private void require(int length) throws MalformedPacketException {
    if (length > bytes.remaining()) {
      throw malformed("cut short");
    }
  }
}
