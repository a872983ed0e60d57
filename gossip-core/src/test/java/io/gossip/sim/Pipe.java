package io.gossip.sim;

/** A machine's way out where it is narrow: so many bytes per second, and a queue before it. */
final class Pipe {
  /** What a queue says that has no room. */
  static final long FULL = -1;

  private final long bytesPerSecond;
  private final long longestWait;
  private long free;

  Pipe(long bytesPerSecond, long queueBytes) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("a pipe must let bytes pass, but was " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    longestWait = nanos(queueBytes);
  }

  /** When this many bytes will have passed, counted from now; {@link #FULL} if they cannot wait. */
  long datagram(long now, int bytes) {
    return free - now > longestWait ? FULL : stream(now, bytes);
  }

  /** The same for bytes that wait elsewhere if there is no room in the queue. */
  long stream(long now, int bytes) {
    free = Math.max(free, now) + nanos(bytes);
    return free - now;
  }

  private long nanos(long bytes) {
    return bytes * 1_000_000_000L / bytesPerSecond;
  }
}
