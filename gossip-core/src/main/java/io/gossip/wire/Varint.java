package io.gossip.wire;

import java.nio.ByteBuffer;

/**
 * Whole numbers of 0 to 2^63 - 1 in as few bytes as they need: seven bits a byte, lowest first, the
 * top bit set on all but the last (unsigned LEB128).
 */
final class Varint {

  private Varint() {}

  static int size(long value) {
    return value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
  }

  static void write(long value, ByteBuffer to) {
    long rest = value;
    while (rest > 0x7F) {
      to.put((byte) (0x80 | (rest & 0x7F)));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }
}
