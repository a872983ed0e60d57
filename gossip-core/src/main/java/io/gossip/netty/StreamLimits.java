package io.gossip.netty;

import java.time.Duration;

/**
 * What strangers can have of a node's streams.
 *
 * @param accepted streams from others at a time
 * @param perAddress those of them from one address, loopback excepted
 * @param firstFrame longest time in which an accepted stream may bring no whole frame
 * @param idle longest time in which a stream may carry no whole frame either way
 * @param slow longest time for which a reader may leave more than {@link #PENDING_BYTES} unread, or
 *     not take what was left when its stream was closed
 */
record StreamLimits(
    int accepted, int perAddress, Duration firstFrame, Duration idle, Duration slow) {

  /** Bytes that may wait for a reader; while more do, nothing is read from it. */
  static final int PENDING_BYTES = 256 * 1024;

  /**
   * Frames that one stream may bring in a second. A joiner asks for a view of 20,000 members in
   * some 50, and nobody else has more to say than a few.
   */
  static final int FRAMES_PER_SECOND = 256;

  /**
   * Bytes that a stream brings before all others, and the datagrams, have their turn: some thirty
   * questions. A large state is as soon there, in more turns.
   */
  static final int BYTES_PER_TURN = 2_048;

  /** Longest time for a connection to come about; the state machine gives up earlier. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** 256 streams, 16 from one address, 10 s for the first frame, 30 s idle, 10 s slow. */
  static final StreamLimits DEFAULT =
      new StreamLimits(
          256, 16, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));
}
