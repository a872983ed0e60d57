package io.gossip.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a message go: into a buffer, or, to learn how many there are, nowhere. One
 * code for both, so that a size and what is written later cannot differ.
 */
final class ByteSink {

  private final @Nullable ByteBuffer bytes;
  private int count;

  private ByteSink(@Nullable ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static ByteSink into(ByteBuffer bytes) {
    return new ByteSink(bytes);
  }

  static ByteSink counting() {
    return new ByteSink(null);
  }

  /** Bytes taken so far. */
  int count() {
    return count;
  }

  void int8(int value) {
    count += 1;
    if (bytes != null) {
      bytes.put((byte) value);
    }
  }

  void int16(int value) {
    count += Short.BYTES;
    if (bytes != null) {
      bytes.putShort((short) value);
    }
  }

  void int64(long value) {
    count += Long.BYTES;
    if (bytes != null) {
      bytes.putLong(value);
    }
  }

  void varint(long value) {
    count += Varint.size(value);
    if (bytes != null) {
      Varint.write(value, bytes);
    }
  }

  void incarnation(int value) {
    varint(Integer.toUnsignedLong(value));
  }

  void bytes(byte[] value) {
    count += value.length;
    if (bytes != null) {
      bytes.put(value);
    }
  }

  void zeros(int length) {
    count += length;
    if (bytes != null) {
      for (int i = 0; i < length; i++) {
        bytes.put((byte) 0);
      }
    }
  }

  void text(String value) {
    text(value, 0);
  }

  /** A text that may be missing: one is added to the length, and 0 is none. */
  void textOrNull(@Nullable String value) {
    if (value == null) {
      varint(0);
    } else {
      text(value, 1);
    }
  }

  private void text(String value, int added) {
    int length = Utf8.length(value);
    if (length < 0) {
      throw new IllegalArgumentException("half a surrogate pair in '" + value + "'");
    }
    varint(length + added);
    count += length;
    if (bytes != null) {
      Utf8.write(value, bytes);
    }
  }

  void address(InetSocketAddress value) {
    byte[] raw = value.getAddress().getAddress();
    int8(raw.length);
    count += raw.length;
    if (bytes != null) {
      bytes.put(raw);
    }
    int16(value.getPort());
  }
}
