package io.gossip.crypto;

import java.util.Arrays;

/**
 * Which of the last 1,024 numbers of a session have been seen (RFC 6479, with a bit for each). What
 * is older counts as seen.
 */
final class ReplayWindow {

  static final int SIZE = 1_024;

  /** The bit of a number is the one at its remainder. */
  private final long[] seen = new long[SIZE / Long.SIZE];

  private long newest;

  boolean isFresh(long counter) {
    if (counter > newest) {
      return true;
    }
    return newest - counter < SIZE && (seen[word(counter)] & 1L << counter) == 0;
  }

  /** To be told of fresh numbers only, and not before the packet has been found genuine. */
  void mark(long counter) {
    if (counter > newest) {
      forget(counter);
      newest = counter;
    }
    seen[word(counter)] |= 1L << counter;
  }

  /** Clears the bits of what lies between the newest and its successor, that included. */
  private void forget(long successor) {
    if (successor - newest >= SIZE) {
      Arrays.fill(seen, 0);
      return;
    }
    long next = newest + 1;
    while (next <= successor) {
      if ((next & 63) == 0 && next + 63 <= successor) {
        seen[word(next)] = 0;
        next += 64;
      } else {
        seen[word(next)] &= ~(1L << next);
        next++;
      }
    }
  }

  private static int word(long counter) {
    return (int) (counter & SIZE - 1) >>> 6;
  }
}
