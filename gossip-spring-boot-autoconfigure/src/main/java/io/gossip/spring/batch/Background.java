package io.gossip.spring.batch;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bean's own thread, from its start to its stop, and again after that. It is a daemon, and
 * without something to do there is none. Thread-safe.
 */
public final class Background {

  private static final long IDLE_SECONDS = 1;

  private final String name;
  private @Nullable ScheduledThreadPoolExecutor thread;

  /** Runs nothing yet. */
  public Background(String name) {
    this.name = name;
  }

  /**
   * Starts it.
   *
   * @return {@code false} if it runs already
   */
  public synchronized boolean start() {
    if (thread != null) {
      return false;
    }
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, name);
              created.setDaemon(true);
              return created;
            });
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    return true;
  }

  /** Does something again and again, with a pause between; nothing unless it runs. */
  public synchronized void repeat(Runnable task, Duration first, Duration pause) {
    if (thread != null) {
      thread.allowCoreThreadTimeOut(false); // it would wake each second to see that nothing is due
      thread.scheduleWithFixedDelay(task, first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Does something once, unless something waits already; nothing unless it runs. */
  public synchronized void once(Runnable task, Duration delay) {
    if (thread != null && thread.getQueue().isEmpty()) {
      thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Drops what waits, and interrupts what is under way. */
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  /** Whether it has been started, and not stopped. */
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
