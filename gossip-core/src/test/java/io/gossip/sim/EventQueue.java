package io.gossip.sim;

import java.util.PriorityQueue;

/** What is to happen, in the order of time and, at equal times, of its planning. */
final class EventQueue {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long planned;

  /** Nanoseconds since the beginning of the world. */
  long now() {
    return now;
  }

  void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  void at(long time, Runnable action) {
    if (time < now) {
      throw new IllegalStateException("the past is closed: " + time + " is before " + now);
    }
    events.add(new Event(time, planned++, action));
  }

  /** Lets everything happen that is due by {@code end}, and moves on to there. */
  void run(long end) {
    Event next = events.peek();
    while (next != null && next.time <= end) {
      events.remove();
      now = next.time;
      next.action.run();
      next = events.peek();
    }
    now = Math.max(now, end);
  }

  private record Event(long time, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
