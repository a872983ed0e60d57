package io.gossip.spring.dashboard;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.Subscription;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Tells open pages that the view has changed, and nothing else of it: they read the rest where the
 * rules of the endpoint apply. Thread-safe.
 *
 * <p>There are few streams, each lasts for minutes, and all are served by one thread, which is
 * there only while there are any. A stream that ends is opened again by the browser. So what a page
 * that reads nothing can leave behind is less than a socket holds, and the thread waits for none
 * (but with Spring MVC over HTTP/2 for a page that gives no window, until the server gives it up:
 * Tomcat after 20 seconds); and who has lost the right to see the page loses the stream.
 */
public final class Signals implements ApplicationListener<ContextClosedEvent>, DisposableBean {

  /** Streams that may be open. */
  static final int MAX_STREAMS = 32;

  /** Least time between two signals. */
  static final Duration SPACING = Duration.ofMillis(250);

  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final long IDLE_SECONDS = 1;

  private final GossipNode node;
  private final Runnable before;
  private final ApplicationContext context;
  private final Duration beat;
  private final Duration life;
  private final Subscription subscription;
  private final ScheduledThreadPoolExecutor thread;

  /** Each with the time at which it ends, in the order of these. */
  private final Map<Stream, Long> streams = new LinkedHashMap<>();

  private long told = System.nanoTime() - SPACING.toNanos();
  private boolean waiting;
  private boolean beating;
  private boolean closed;

  /**
   * Listens to this node until the context closes.
   *
   * @param before what is to be done about a change before pages are told to read it
   */
  public Signals(GossipNode node, Runnable before, ApplicationContext context) {
    this(node, before, context, BEAT, LIFE);
  }

  Signals(
      GossipNode node, Runnable before, ApplicationContext context, Duration beat, Duration life) {
    this.node = node;
    this.before = before;
    this.context = context;
    this.beat = beat;
    this.life = life;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "gossip-dashboard");
              created.setDaemon(true);
              return created;
            });
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.subscription = node.subscribe(new Listener());
  }

  /**
   * Takes a stream, which is told at once where the view stands.
   *
   * @return {@code false} if there are too many, or the application is about to stop
   */
  synchronized boolean open(Stream stream) {
    if (!hasRoom()) {
      return false;
    }
    streams.put(stream, System.nanoTime() + life.toNanos());
    schedule(() -> tell(stream, version()), 0);
    if (!beating) {
      beating = true;
      schedule(this::beat, beat.toNanos());
    }
    return true;
  }

  /** Whether a stream would be taken now. */
  synchronized boolean hasRoom() {
    return !closed && streams.size() < MAX_STREAMS;
  }

  /** Forgets a stream whose page has gone. */
  synchronized void forget(Stream stream) {
    streams.remove(stream);
  }

  /** How many streams are open. */
  synchronized int count() {
    return streams.size();
  }

  /** Where the view stands. */
  long version() {
    return node.members().version();
  }

  private void changed() {
    before.run();
    signal();
  }

  private synchronized void signal() {
    if (!closed && !waiting && !streams.isEmpty()) {
      waiting = true;
      schedule(this::tell, Math.max(0, told + SPACING.toNanos() - System.nanoTime()));
    }
  }

  private void schedule(Runnable task, long delay) {
    thread.schedule(task, delay, TimeUnit.NANOSECONDS);
  }

  private void tell() {
    List<Stream> all;
    synchronized (this) {
      waiting = false;
      told = System.nanoTime();
      all = List.copyOf(streams.keySet());
    }
    long version = version();
    all.forEach(stream -> tell(stream, version));
  }

  private void tell(Stream stream, long version) {
    send(stream, () -> stream.signal(version));
  }

  private void beat() {
    long now = System.nanoTime();
    for (Map.Entry<Stream, Long> stream : entries()) {
      if (stream.getValue() - now <= 0) {
        forget(stream.getKey());
        send(stream.getKey(), stream.getKey()::end);
      } else {
        send(stream.getKey(), stream.getKey()::beat);
      }
    }
    synchronized (this) {
      beating = !closed && !streams.isEmpty();
      if (beating) {
        schedule(this::beat, beat.toNanos());
      }
    }
  }

  private synchronized List<Map.Entry<Stream, Long>> entries() {
    return streams.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void send(Stream stream, Sending sending) {
    try {
      sending.send();
    } catch (IOException | RuntimeException e) {
      forget(stream); // the page was closed, or will ask again
    }
  }

  /** Before the web server waits for requests that have not ended. */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext() == context) { // children publish theirs to their parents, too
      destroy();
    }
  }

  @Override
  public void destroy() {
    subscription.close();
    List<Stream> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(streams.keySet());
      streams.clear();
    }
    thread.shutdown();
    all.forEach(stream -> send(stream, stream::end));
  }

  private final class Listener implements MembershipListener {

    @Override
    public void onEvent(MembershipEvent event, Membership view) {
      changed();
    }

    @Override
    public void onResync(Membership view, int dropped) {
      changed();
    }
  }

  /** What may find that a page has gone. */
  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }
}
