package io.gossip.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of an input, read as choices; all are 0 when there are no more. */
final class Choices {

  private final ByteBuffer bytes;

  Choices(byte[] input) {
    this.bytes = ByteBuffer.wrap(input);
  }

  boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  /** 0 to 255. */
  int next() {
    return bytes.hasRemaining() ? bytes.get() & 0xFF : 0;
  }

  /** 0 up to {@code bound}, that one excluded; at most 256. */
  int below(int bound) {
    return next() % bound;
  }

  <T> T of(T[] values) {
    return values[below(values.length)];
  }

  long nextLong() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | next();
    }
    return value;
  }

  /** A length in two bytes, and as many of these as there are. */
  byte[] block() {
    int length = next() << Byte.SIZE | next();
    return bytes(length);
  }

  byte[] rest() {
    return bytes(bytes.remaining());
  }

  /** The rest as text; what is not UTF-8 is replaced. */
  String text() {
    return new String(rest(), StandardCharsets.UTF_8);
  }

  /** The rest as text, two bytes a character, whether that is text or not. */
  String utf16() {
    char[] chars = new char[bytes.remaining() / 2];
    bytes.asCharBuffer().get(chars);
    return new String(chars);
  }

  private byte[] bytes(int length) {
    byte[] block = new byte[Math.min(length, bytes.remaining())];
    bytes.get(block);
    return block;
  }
}
