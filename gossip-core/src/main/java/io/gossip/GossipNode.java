package io.gossip;

import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import io.gossip.netty.EventDispatcher;
import io.gossip.netty.Informing;
import io.gossip.netty.Mailbox;
import io.gossip.netty.Protection;
import io.gossip.netty.RunSettings;
import io.gossip.netty.Shell;
import io.gossip.netty.ShellStartException;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import io.gossip.wire.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a gossip cluster. Thread-safe.
 *
 * <pre>{@code
 * GossipNode node = GossipNode.builder().cluster("shop").seeds("10.0.0.1", "10.0.0.2").build();
 * node.subscribe((event, view) -> log.info("{}", event));
 * node.start();
 * node.put("role", "stock");
 * node.members().members().forEach(System.out::println);
 * node.close();
 * }</pre>
 */
public final class GossipNode implements AutoCloseable {

  /** The port nodes listen on unless told otherwise, UDP and TCP: 7946, as memberlist. */
  public static final int DEFAULT_PORT = 7946;

  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long LISTENERS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How much longer than the leave time-out a close waits for the loop to say so. */
  private static final long LEAVE_SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Logger log = LoggerFactory.getLogger(GossipNode.class);

  private final RunSettings settings;
  private final ShellStats shellStats = new ShellStats();
  private final EventDispatcher dispatcher;
  private final OwnState state;
  private final Protection protection;

  /** Held while starting and stopping; never taken by the I/O thread. */
  private final ReentrantLock lifecycle = new ReentrantLock();

  private volatile @Nullable Shell shell;
  private volatile SwimStats stats = new SwimStats();
  private volatile CompletableFuture<Membership> joined = new CompletableFuture<>();
  private volatile boolean closed;

  GossipNode(GossipNodeBuilder builder) {
    this.protection = NodeSettings.protection(builder);
    SwimConfig swim = NodeSettings.swim(builder);
    this.state = new OwnState(builder.state);
    this.settings = NodeSettings.run(builder, swim, state.current());
    this.dispatcher =
        new EventDispatcher(
            "gossip-" + settings.id() + "-events-",
            builder.eventQueueCapacity,
            shellStats,
            unstarted());
  }

  /** What is shown before the first start. */
  private Membership unstarted() {
    InetSocketAddress address =
        settings.bindHost() == null
            ? new InetSocketAddress(settings.bindPort())
            : new InetSocketAddress(settings.bindHost(), settings.bindPort());
    Member self = settings.self(address);
    return new Membership(0, 0, self, List.of(self), List.of());
  }

  /** A builder with the defaults. */
  public static GossipNodeBuilder builder() {
    return new GossipNodeBuilder();
  }

  /**
   * Binds and begins to join; does not wait for the join. Does nothing when running. After {@link
   * #stop} it starts again under the same id and with the same state, as a new generation.
   *
   * @throws PortInUseException if the port is taken
   * @throws GossipStartException if it cannot listen for another reason, or has no address to
   *     announce
   */
  public void start() {
    lifecycle.lock();
    try {
      if (closed) {
        throw new IllegalStateException("node " + id() + " has been closed");
      }
      if (shell == null) {
        run();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void run() {
    Map<String, String> initial = state.current();
    long generation = Math.max(System.currentTimeMillis(), members().self().generation() + 1);
    if (joined.isDone()) {
      joined = new CompletableFuture<>();
    }
    dispatcher.open();
    Shell started = null;
    try {
      started = Shell.start(settings.run(generation, initial), dispatcher, protection, shellStats);
    } catch (ShellStartException e) {
      throw e.isPortInUse()
          ? new PortInUseException(settings.bindPort(), settings.portAttempts(), e)
          : new GossipStartException("Gossip node " + id() + " cannot start: " + e.getMessage(), e);
    } finally {
      if (started == null) {
        dispatcher.close(0);
      }
    }
    stats = started.swimStats();
    started.joined().thenAcceptAsync(joined::complete, dispatcher::execute);
    shell = started;
    state.attach(started, initial);
  }

  /** Whether it is started and neither stopped nor closed. */
  public boolean isRunning() {
    return shell != null;
  }

  /** This node's name. */
  public NodeId id() {
    return settings.id();
  }

  /**
   * The view, as of the last change. Never blocks; costs one volatile read. Before the first start
   * it holds nobody but this node; after a stop it is the last there was.
   */
  public Membership members() {
    return dispatcher.view();
  }

  /** Completes with the view when another member has been heard; never, if none is. */
  public CompletionStage<Membership> joined() {
    return joined.minimalCompletionStage();
  }

  /**
   * Up to {@code count} active members other than this one, chosen at random and evenly (a peer
   * sampling service).
   */
  public List<Member> sample(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, but was " + count);
    }
    Membership view = members();
    List<Member> others = new ArrayList<>(view.members());
    others.removeIf(member -> member.id().equals(id()));
    int size = Math.min(count, others.size());
    for (int i = 0; i < size; i++) { // Fisher and Yates, as far as needed
      int other = ThreadLocalRandom.current().nextInt(i, others.size());
      Collections.swap(others, i, other);
    }
    return List.copyOf(others.subList(0, size));
  }

  /** Calls the listener for everything that happens from now on. Holds across stop and start. */
  public Subscription subscribe(MembershipListener listener) {
    Mailbox mailbox = dispatcher.subscribe(listener::onEvent, listener::onResync);
    return () -> dispatcher.unsubscribe(mailbox);
  }

  /** Events that wait for the listener that is furthest behind; at most the queue's capacity. */
  public int eventsWaiting() {
    return dispatcher.waiting();
  }

  /**
   * Sets one key of this member's own state; see {@link #update}.
   *
   * @throws IllegalArgumentException if a limit would be exceeded
   */
  public void put(String key, String value) {
    update(Map.of(key, value));
  }

  /** Removes one key of this member's own state. */
  public void remove(String key) {
    update(Collections.singletonMap(key, null));
  }

  /**
   * Changes this member's own state and tells the others at once. May be called before the start.
   *
   * @param changes new value by key; {@code null} removes the key
   * @throws IllegalArgumentException if the state would exceed a limit (64 keys, 128 bytes a key, 1
   *     KiB a value, 8 KiB in all); nothing has changed then
   */
  public void update(Map<String, @Nullable String> changes) {
    state.change(changes);
  }

  /** This member's own state as last set. */
  public Map<String, String> state() {
    return state.current();
  }

  /** Tells the node that a call to this member failed: it is probed at once. Never blocks. */
  public void reportFailure(NodeId id) {
    Shell running = shell;
    if (running != null) {
      running.reportFailure(id);
    }
  }

  /** No longer shows nor tries a member that failed or left. */
  public void forget(NodeId id) {
    Shell running = shell;
    if (running != null) {
      running.forget(id);
    }
  }

  /** Asks the seeds again now. */
  public void rejoin() {
    Shell running = shell;
    if (running != null) {
      running.rejoin();
    }
  }

  /** Where it is in its life; {@link SwimReport.Phase#LEFT} when not running. */
  public SwimReport.Phase phase() {
    Shell running = shell;
    return running == null ? SwimReport.Phase.LEFT : running.phase();
  }

  /** What has been counted since the last start; counters of 0 before the first. */
  public SwimStats stats() {
    return stats;
  }

  /** What the sockets, streams and listeners have counted, over all runs of this node. */
  public ShellStats shellStats() {
    return shellStats;
  }

  /** Who may talk to this node, its keys, and what it has refused. */
  public Protection protection() {
    return protection;
  }

  /**
   * Goes by other keys from now on. What is under way under a key that stays is not lost; what
   * comes under one that is gone is refused. See {@link Keyring} for the order of a change.
   *
   * @throws IllegalStateException if the node was built without encryption
   */
  public void keyring(Keyring keys) {
    lifecycle.lock();
    try {
      protection.keyring(keys);
      Shell running = shell;
      if (running != null) {
        running.keyring(keys);
      }
    } finally {
      lifecycle.unlock();
    }
  }

  /**
   * An account of everything, for people.
   *
   * @return completes on the I/O thread; fails with {@link IllegalStateException} when not running
   */
  public CompletionStage<NodeReport> report() {
    Shell running = shell;
    if (running == null) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("node " + id() + " is not running"));
    }
    return running
        .report()
        .thenApply(
            swim ->
                new NodeReport(
                    settings.swim().cluster(),
                    members(),
                    swim,
                    running.bound(),
                    running.advertised(),
                    running.addressSource(),
                    running.transport(),
                    Protocol.VERSION));
  }

  /**
   * What spoke for and against a member, the latest last; empty if it is not known or was never
   * accused. At most 8 entries.
   *
   * @return completes on the I/O thread; fails with {@link IllegalStateException} when not running
   */
  public CompletionStage<List<TrailEntry>> trail(NodeId id) {
    Shell running = shell;
    return running == null
        ? CompletableFuture.failedFuture(
            new IllegalStateException("node " + id() + " is not running"))
        : running.trail(id);
  }

  /**
   * Leaves the cluster: the others see {@code LEFT}. Goes on answering until stopped.
   *
   * @return completes when all that can be reached have confirmed, or after the leave time-out; at
   *     once when alone or not running
   */
  public CompletionStage<SpreadResult> leave() {
    Shell running = shell;
    if (running == null) {
      return CompletableFuture.completedFuture(new SpreadResult(0, 0, Duration.ZERO));
    }
    return told(running.leave());
  }

  /**
   * Tells the others directly of this member's own state as last set, and finds out how far it has
   * got. It spreads by itself as well; this is for who has to know.
   *
   * @return completes when all that can be reached have it (in clusters of more than 128 others:
   *     128 of them), or after the leave time-out; at once when alone or not running
   */
  public CompletionStage<SpreadResult> spread() {
    Shell running = shell;
    if (running == null) {
      return CompletableFuture.completedFuture(new SpreadResult(0, 0, Duration.ZERO));
    }
    return told(running.spread());
  }

  private CompletionStage<SpreadResult> told(CompletableFuture<Informing.Result> informing) {
    return informing.thenApplyAsync(
        done -> new SpreadResult(done.members(), done.informed(), done.took()),
        dispatcher::execute);
  }

  /** Closes sockets and threads without leaving. Can be started again. Waits at most 5 seconds. */
  public void stop() {
    if (acquire()) {
      try {
        halt();
      } finally {
        lifecycle.unlock();
      }
    }
  }

  /** Leaves, waiting for at most the leave time-out, and stops for good. */
  @Override
  public void close() {
    closed = true;
    if (acquire()) {
      try {
        Shell running = shell;
        if (running != null) {
          awaitLeave(running);
          halt();
        }
      } finally {
        lifecycle.unlock();
      }
    }
  }

  /**
   * The I/O thread must not wait for whoever starts or stops this node, as they wait for it; what
   * is under way then has its course.
   */
  private boolean acquire() {
    Shell running = shell;
    if (running != null && running.isIoThread()) {
      return lifecycle.tryLock();
    }
    lifecycle.lock();
    return true;
  }

  private void awaitLeave(Shell running) {
    SwimReport.Phase phase = running.phase();
    if (phase == SwimReport.Phase.CONFLICT || phase == SwimReport.Phase.LEFT) {
      return;
    }
    CompletableFuture<Informing.Result> leaving = running.leave();
    if (running.isIoThread()) {
      return;
    }
    try {
      long timeout = settings.swim().leaveTimeout().toNanos() + LEAVE_SLACK_NANOS;
      leaving.get(timeout, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      log.debug("Node {} closes without knowing who knows", id(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a leave ends, and never fails", e);
    }
  }

  private void halt() {
    Shell running = shell;
    if (running == null) {
      return;
    }
    shell = null;
    state.detach();
    running.stop(STOP_NANOS);
    dispatcher.close(running.isIoThread() ? 0 : LISTENERS_NANOS);
  }
}
