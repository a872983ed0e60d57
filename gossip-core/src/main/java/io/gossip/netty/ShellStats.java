package io.gossip.netty;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a node's shell has counted since the node was built, restarts included. Readable by any
 * thread. What became of packets once they were inside is counted in {@link
 * io.gossip.swim.SwimStats}.
 */
@SuppressWarnings("EnumOrdinal") // indexes into an array of this object only
public final class ShellStats {

  /** What is counted. */
  public enum Counter {
    /** Datagrams dropped unread: from port 0, or from an address nobody can have. */
    DATAGRAMS_REJECTED,
    /**
     * Sealed datagrams that were not delivered, as they asked who is here, or told it: a few
     * wherever two members meet, many where somebody repeats what was for others.
     */
    DATAGRAMS_GREETING,
    /** Datagrams that the kernel would not send. */
    SENDS_FAILED,
    /** Datagrams not sent because too many were waiting for the kernel. */
    SENDS_DROPPED,
    /** Streams asked for by this node. */
    STREAMS_OPENED,
    /** Streams asked for by others and taken. */
    STREAMS_ACCEPTED,
    /** Streams closed at once because there were too many, in all or from one address. */
    STREAMS_REFUSED,
    /** Streams closed because no whole frame came, or none any more. */
    STREAMS_SILENT,
    /** Streams closed because the other end read too slowly. */
    STREAMS_SLOW,
    /** Streams closed because a frame was longer than any may be. */
    FRAMES_TOO_LONG,
    /** Times that the kernel could not hand over a new stream. */
    ACCEPTS_FAILED,
    /** Look-ups of seeds that gave no address. */
    LOOKUPS_FAILED,
    /** Events dropped because a listener was slow. */
    EVENTS_DROPPED,
    /** Exceptions thrown by listeners. */
    LISTENER_FAILURES,
    /** Exceptions out of the state machine: bugs. */
    ENGINE_FAULTS
  }

  private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);

  /** Counters of 0. */
  public ShellStats() {}

  /** How often it happened. */
  public long count(Counter counter) {
    return counts.get(counter.ordinal());
  }

  void add(Counter counter) {
    counts.incrementAndGet(counter.ordinal());
  }

  void add(Counter counter, long amount) {
    counts.addAndGet(counter.ordinal(), amount);
  }
}
