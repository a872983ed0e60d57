package io.gossip.netty;

import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node shows its users: the latest view, which anybody may read, and the events, which each
 * listener gets in order, one at a time, never on the I/O thread. Outlives stops and starts.
 */
public final class EventDispatcher {

  /*
   * At most one thread per listener that has something to do right now, so that a listener that
   * blocks delays only itself; none ten seconds after the last event.
   */
  private static final long KEEP_ALIVE_SECONDS = 10;

  private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

  private final String threadName;
  private final int capacity;
  private final ShellStats stats;
  private final CopyOnWriteArrayList<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
  private final AtomicInteger threads = new AtomicInteger();
  private volatile @Nullable ThreadPoolExecutor executor;
  private volatile Membership view;
  private int lives;

  /** Of the loop of the run under way. */
  private volatile boolean isStuck;

  /**
   * With what is shown before the first start.
   *
   * @param capacity events that may wait for one listener
   */
  public EventDispatcher(String threadName, int capacity, ShellStats stats, Membership view) {
    this.threadName = threadName;
    this.capacity = capacity;
    this.stats = stats;
    this.view = view;
  }

  /** The latest view. */
  public Membership view() {
    return view;
  }

  /** Events that wait for the listener that is furthest behind. */
  public int waiting() {
    int most = 0;
    for (Mailbox mailbox : mailboxes) {
      most = Math.max(most, mailbox.waiting());
    }
    return most;
  }

  /** Has a listener called for everything from now on. */
  public Mailbox subscribe(
      BiConsumer<MembershipEvent, Membership> onEvent, ObjIntConsumer<Membership> onResync) {
    Mailbox mailbox = new Mailbox(onEvent, onResync, capacity, stats);
    mailboxes.add(mailbox);
    return mailbox;
  }

  /** Ends a listener's calls; one that is under way excepted. */
  public void unsubscribe(Mailbox mailbox) {
    mailbox.close();
    mailboxes.remove(mailbox);
  }

  /** Runs something of the user's: on a thread for listeners, or here if the node has stopped. */
  public void execute(Runnable task) {
    Executor current = executor;
    if (current != null) {
      try {
        current.execute(task);
        return;
      } catch (RejectedExecutionException e) {
        log.debug("The node stops; its last word is said on {}", Thread.currentThread(), e);
      }
    }
    task.run();
  }

  /** A run of the node begins. */
  public void open() {
    open(task -> new DeliveryThread(this, task, threadName + threads.incrementAndGet()));
  }

  void open(ThreadFactory factory) {
    executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory);
  }

  /**
   * A run of the node has ended: what waits is still delivered, then the threads end.
   *
   * @param nanos longest wait for that; a listener that calls this is not waited for
   */
  public void close(long nanos) {
    ThreadPoolExecutor ended = executor;
    if (ended == null) {
      return;
    }
    ended.shutdown();
    if (Thread.currentThread() instanceof DeliveryThread thread && thread.owner == this) {
      return;
    }
    try {
      if (!ended.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
        log.warn("A listener is still busy while the node stops; it is not waited for");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A new life of the node begins, in which it knows nobody yet. */
  void begin(Membership first) {
    view = first;
    if (lives++ == 0) {
      return;
    }
    for (Mailbox mailbox : mailboxes) {
      mailbox.resync(first);
    }
    deliver();
  }

  void show(Membership latest) {
    view = latest;
  }

  /** Hands events over that led to the latest view. */
  void publish(List<MembershipEvent> events) {
    for (Mailbox mailbox : mailboxes) {
      for (MembershipEvent event : events) {
        mailbox.offer(event, view);
      }
    }
    deliver();
  }

  /** Has what waits delivered; what cannot be now waits on. */
  void deliver() {
    Executor current = executor;
    if (current == null) {
      return;
    }
    boolean stuck = false;
    for (Mailbox mailbox : mailboxes) {
      try {
        mailbox.deliverOn(current);
      } catch (OutOfMemoryError e) {
        if (!stuck && !isStuck) {
          log.error("No thread for a listener; its events wait for one", e);
        }
        stuck = true;
      }
    }
    isStuck = stuck;
  }

  /** Whether the last delivery could not be begun for some listener. */
  boolean isStuck() {
    return isStuck;
  }

  private static final class DeliveryThread extends Thread {

    private final EventDispatcher owner;

    DeliveryThread(EventDispatcher owner, Runnable task, String name) {
      super(task, name);
      this.owner = owner;
      setDaemon(true);
    }
  }
}
