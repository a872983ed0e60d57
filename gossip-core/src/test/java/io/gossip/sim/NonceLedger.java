package io.gossip.sim;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees every datagram that is sealed, and whether a nonce comes twice under one key (S11).
 *
 * <p>The key of a datagram is made of the key of the ring and the session it names, and the nonce
 * is its counter. So no pair repeats if no two processes ever use one session, and the counters of
 * each session only rise: all that has to be kept is the last counter of each.
 */
public final class NonceLedger {
  static final int KEY_AT = 4;
  static final int SESSION_AT = 8;
  static final int COUNTER_AT = 28;

  // Looked up, never walked through: hash order cannot show.
  private final Map<Use, Last> uses = new HashMap<>();
  private long datagrams;

  private record Use(int key, long head, int tail) {}

  private static final class Last {
    final Object owner;
    long counter;

    Last(Object owner) {
      this.owner = owner;
    }
  }

  /** Nothing has been sealed. */
  public NonceLedger() {}

  /**
   * A process has sealed a datagram.
   *
   * @param process one life of a member: another after a restart
   * @throws Violation if its key and nonce have been used before, or might have been
   */
  public void sealed(Object process, ByteBuffer datagram) {
    int at = datagram.position();
    Use use =
        new Use(
            datagram.getInt(at + KEY_AT),
            datagram.getLong(at + SESSION_AT),
            datagram.getInt(at + SESSION_AT + Long.BYTES));
    long counter = Integer.toUnsignedLong(datagram.getInt(at + COUNTER_AT));
    Last last = uses.computeIfAbsent(use, first -> new Last(process));
    if (last.owner != process || counter <= last.counter) {
      throw new Violation(
          "S11: " + process + " seals number " + counter + " after " + last.counter + " in " + use);
    }
    last.counter = counter;
    datagrams++;
  }

  /** How many datagrams it has seen. */
  public long datagrams() {
    return datagrams;
  }

  /** In how many sessions they were sealed. */
  public int sessions() {
    return uses.size();
  }
}
