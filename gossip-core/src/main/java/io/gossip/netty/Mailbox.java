package io.gossip.netty;

import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one listener: events in order, each with the view right after it. Bounded; when it
 * is full, what waits is dropped and the listener is told to start over from the latest view.
 */
public final class Mailbox {

  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  /** An event and its view; without an event, a view to start over from. */
  private record Entry(@Nullable MembershipEvent event, Membership view, int dropped) {}

  private final BiConsumer<MembershipEvent, Membership> onEvent;
  private final ObjIntConsumer<Membership> onResync;
  private final int capacity;
  private final ShellStats stats;
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private boolean draining;
  private volatile boolean closed;

  Mailbox(
      BiConsumer<MembershipEvent, Membership> onEvent,
      ObjIntConsumer<Membership> onResync,
      int capacity,
      ShellStats stats) {
    this.onEvent = onEvent;
    this.onResync = onResync;
    this.capacity = capacity;
    this.stats = stats;
  }

  /** No further calls; one that is under way excepted. */
  public void close() {
    closed = true;
    synchronized (this) {
      waiting.clear();
    }
  }

  /** How many events wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  synchronized void offer(MembershipEvent event, Membership view) {
    if (closed) {
      return;
    }
    if (waiting.size() < capacity) {
      waiting.add(new Entry(event, view, 0));
    } else {
      startOver(view);
    }
  }

  /** Tells the listener that what comes next follows on this view, not on the last it saw. */
  synchronized void resync(Membership view) {
    if (!closed) {
      waiting.add(new Entry(null, view, 0));
    }
  }

  private void startOver(Membership view) {
    int before = 0;
    int now = 1;
    for (Entry entry : waiting) {
      if (entry.event() == null) {
        before += entry.dropped();
      } else {
        now++;
      }
    }
    stats.add(ShellStats.Counter.EVENTS_DROPPED, now);
    waiting.clear();
    waiting.add(new Entry(null, view, before + now));
  }

  /**
   * Has what waits delivered, unless that is under way.
   *
   * @throws OutOfMemoryError if there is no thread to be had; then it waits on
   */
  void deliverOn(Executor executor) {
    synchronized (this) {
      if (draining || waiting.isEmpty()) {
        return;
      }
      draining = true;
    }
    boolean begun = false;
    try {
      executor.execute(this::drain);
      begun = true;
    } catch (RejectedExecutionException e) {
      log.debug("The node stops; what waits is delivered after the next start", e);
    } finally {
      if (!begun) {
        end();
      }
    }
  }

  private synchronized void end() {
    draining = false;
  }

  private void drain() {
    Entry entry = next();
    while (entry != null) {
      deliver(entry);
      entry = next();
    }
  }

  private synchronized @Nullable Entry next() {
    Entry entry = waiting.poll();
    if (entry == null) {
      draining = false;
    }
    return entry;
  }

  private void deliver(Entry entry) {
    if (closed) {
      return;
    }
    try {
      if (entry.event() != null) {
        onEvent.accept(entry.event(), entry.view());
      } else {
        onResync.accept(entry.view(), entry.dropped());
      }
    } catch (RuntimeException | Error e) {
      stats.add(ShellStats.Counter.LISTENER_FAILURES);
      log.error("A listener threw; it is called again with the next event", e);
    }
  }
}
