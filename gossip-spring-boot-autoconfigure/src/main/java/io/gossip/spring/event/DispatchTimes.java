package io.gossip.spring.event;

import java.util.concurrent.atomic.LongAdder;

/** How many events were published to the application, and how long its listeners took in all. */
public final class DispatchTimes {

  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  DispatchTimes() {}

  void add(long tookNanos) {
    count.increment();
    nanos.add(tookNanos);
  }

  /** Events published. */
  public long count() {
    return count.sum();
  }

  /** What publishing them took, in nanoseconds: the time of all listeners that run at once. */
  public long nanos() {
    return nanos.sum();
  }
}
