package io.gossip.sim;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The hash of all that has happened: two runs of one seed must have the same. It tells accidents
 * apart, nobody who would look for two runs of one hash: each word is multiplied and folded into
 * two lanes of 64 bits, which differ in both.
 */
final class Trace {
  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

  private long one = FIRST;
  private long other = SECOND;

  void add(char kind, long now, int node, ByteBuffer what) {
    head(kind, now, node);
    int position = what.position();
    int end = what.limit();
    for (; position + Long.BYTES <= end; position += Long.BYTES) {
      mix(what.getLong(position));
    }
    long rest = (long) end - position;
    for (; position < end; position++) {
      rest = rest << Byte.SIZE | (what.get(position) & 0xFF);
    }
    mix(rest);
  }

  void add(char kind, long now, int node, long what, long more) {
    head(kind, now, node);
    mix(what);
    mix(more);
  }

  void add(char kind, long now, int node, String what) {
    head(kind, now, node);
    for (int i = 0; i < what.length(); i++) {
      mix(what.charAt(i));
    }
    mix(what.length());
  }

  /** The hash up to here; more may follow. */
  String hash() {
    return HexFormat.of().toHexDigits(last(one)) + HexFormat.of().toHexDigits(last(other));
  }

  private void head(char kind, long now, int node) {
    mix((long) kind << Integer.SIZE | node);
    mix(now);
  }

  private void mix(long word) {
    one = (one ^ word) * FIRST;
    one ^= one >>> 32;
    other = (Long.rotateLeft(other, 23) + word) * SECOND;
    other ^= other >>> 29;
  }

  private static long last(long lane) {
    long mixed = (lane ^ lane >>> 33) * SECOND;
    return mixed ^ mixed >>> 31;
  }
}
