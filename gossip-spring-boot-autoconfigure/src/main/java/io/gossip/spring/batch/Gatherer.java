package io.gossip.spring.batch;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something once for many causes: when none has come for a while, but at the latest some time
 * after the first. Thread-safe; has a thread only while there is something to do.
 */
public final class Gatherer implements AutoCloseable {

  private static final long IDLE_SECONDS = 10;

  private final String name;
  private final Runnable task;
  private final Window window;
  private @Nullable ScheduledThreadPoolExecutor thread;
  private boolean closed;

  /**
   * Waits for the first cause.
   *
   * @param name of its thread
   * @param quiet for how long no cause must have come
   * @param longest longest time from the first cause to the deed; at least {@code quiet} counts
   * @param task the deed; must not throw
   */
  public Gatherer(String name, Duration quiet, Duration longest, Runnable task) {
    this.name = name;
    this.task = task;
    this.window = new Window(quiet, longest);
  }

  /** A cause. Never blocks for long. Does nothing once closed. */
  public synchronized void touch() {
    if (closed) {
      return;
    }
    boolean waiting = window.isOpen();
    long now = System.nanoTime();
    window.touch(now);
    if (!waiting) {
      schedule(window.remaining(now));
    }
  }

  private void schedule(long delayNanos) {
    if (thread == null) {
      thread = new ScheduledThreadPoolExecutor(1, this::newThread);
      thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
      thread.allowCoreThreadTimeOut(true);
      thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }
    thread.schedule(this::due, delayNanos, TimeUnit.NANOSECONDS);
  }

  private Thread newThread(Runnable work) {
    Thread created = new Thread(work, name);
    created.setDaemon(true);
    return created;
  }

  private void due() {
    synchronized (this) {
      long remaining = window.remaining(System.nanoTime());
      if (closed) {
        return;
      }
      if (remaining > 0) {
        schedule(remaining);
        return;
      }
      window.close(); // what comes from now on is a cause for the next time
    }
    task.run();
  }

  /**
   * Does nothing any more. What waits is dropped; what is under way goes on, for it may be what
   * closes.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.shutdown();
      thread = null;
    }
  }
}
