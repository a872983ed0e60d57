package io.gossip.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, in the order of time and, at equal times, of its planning: a binary heap, in
 * arrays side by side so that finding a place touches no objects.
 */
final class EventQueue {
  private long[] times = new long[256];
  private long[] numbers = new long[256];
  private @Nullable Runnable[] actions = new Runnable[256];
  private int size;
  private long now;
  private long planned;
  private long done;

  /** Nanoseconds since the beginning of the world. */
  long now() {
    return now;
  }

  /** How much has happened so far. */
  long done() {
    return done;
  }

  void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  void at(long time, Runnable action) {
    if (time < now) {
      throw new IllegalStateException("the past is closed: " + time + " is before " + now);
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
      actions = Arrays.copyOf(actions, 2 * size);
    }
    rise(size++, time, planned++, action);
  }

  /** Lets everything happen that is due by {@code end}, and moves on to there. */
  void run(long end) {
    while (size > 0 && times[0] <= end) {
      now = times[0];
      done++;
      take().run();
    }
    now = Math.max(now, end);
  }

  private Runnable take() {
    Runnable first = actions[0];
    Runnable last = actions[--size];
    actions[size] = null;
    if (first == null || last == null) {
      throw new IllegalStateException("the queue has a hole");
    }
    if (size > 0) {
      sink(times[size], numbers[size], last);
    }
    return first;
  }

  private void rise(int from, long time, long number, Runnable action) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!isBefore(time, number, parent)) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, number, action);
  }

  private void sink(long time, long number, Runnable action) {
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && isBefore(times[child + 1], numbers[child + 1], child)) {
        child++;
      }
      if (isBefore(time, number, child)) {
        break;
      }
      move(child, at);
      at = child;
      child = 2 * at + 1;
    }
    put(at, time, number, action);
  }

  private boolean isBefore(long time, long number, int other) {
    return time < times[other] || (time == times[other] && number < numbers[other]);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    numbers[to] = numbers[from];
    actions[to] = actions[from];
  }

  private void put(int at, long time, long number, Runnable action) {
    times[at] = time;
    numbers[at] = number;
    actions[at] = action;
  }
}
