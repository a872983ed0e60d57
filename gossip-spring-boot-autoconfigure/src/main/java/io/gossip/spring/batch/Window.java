package io.gossip.spring.batch;

import java.time.Duration;

/**
 * The time in which things that happen count as one. It opens with the first, and is over when
 * nothing has come for a while, but at the latest some time after the first. Knows no clock.
 */
final class Window {

  private final long quietNanos;
  private final long longestNanos;
  private boolean open;
  private long first;
  private long last;

  /**
   * A window that is closed.
   *
   * @param quiet for how long nothing must have come
   * @param longest longest time from the first to the end; not shorter than {@code quiet}
   */
  Window(Duration quiet, Duration longest) {
    quietNanos = quiet.toNanos();
    longestNanos = Math.max(quietNanos, longest.toNanos());
  }

  /** Something has happened. */
  void touch(long now) {
    if (!open) {
      open = true;
      first = now;
    }
    last = now;
  }

  boolean isOpen() {
    return open;
  }

  /** How long it goes on if nothing more comes; 0 or less when it is over. */
  long remaining(long now) {
    return Math.min(last + quietNanos - now, first + longestNanos - now);
  }

  void close() {
    open = false;
  }
}
