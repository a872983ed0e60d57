package io.gossip.wire;

import java.nio.ByteBuffer;

/** UTF-8 without second thoughts: what cannot be encoded is refused, never replaced. */
public final class Utf8 {

  private Utf8() {}

  /** How many bytes the text takes, or -1 if half a surrogate pair is in it. */
  public static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      length += c < 0x800 ? 1 : 2;
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return -1;
        }
        i++; // a pair: two chars, four bytes
      }
    }
    return length;
  }

  /** Writes a text that {@link #length} has found sound. */
  static void write(String text, ByteBuffer to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        to.put((byte) c);
      } else if (c < 0x800) {
        to.put((byte) (0xC0 | (c >> 6))).put(last(c));
      } else if (!Character.isSurrogate(c)) {
        to.put((byte) (0xE0 | (c >> 12))).put(last(c >> 6)).put(last(c));
      } else {
        int point = Character.toCodePoint(c, text.charAt(++i));
        to.put((byte) (0xF0 | (point >> 18))).put(last(point >> 12));
        to.put(last(point >> 6)).put(last(point));
      }
    }
  }

  private static byte last(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
