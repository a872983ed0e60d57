package io.gossip.swim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All that is going to fall due, soonest first; what falls due together comes in the order set. */
final class Timers {

  private record Entry(long due, long sequence, Timer timer) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long sequence;

  void at(long due, Timer timer) {
    queue.add(new Entry(due, sequence++, timer));
  }

  int size() {
    return queue.size();
  }

  /** When the next one falls due; {@link Long#MAX_VALUE} for never. */
  long next() {
    Entry head = queue.peek();
    return head == null ? Long.MAX_VALUE : head.due;
  }

  /** The next one that has fallen due, taken out; {@code null} if none has. */
  @Nullable Timer poll(long now) {
    Entry head = queue.peek();
    if (head == null || head.due > now) {
      return null;
    }
    queue.remove();
    return head.timer;
  }
}
