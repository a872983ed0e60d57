package io.gossip.netty;

import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.swim.Seed;
import io.gossip.swim.Sharing;
import io.gossip.swim.StreamEnd;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state machine on one event loop with one armed timer. For the loop only, unless said
 * otherwise.
 *
 * <p>Every input goes the same way: the time is stamped once, the state machine is told, the view
 * is republished if it changed, events are handed over, what was sent is flushed, and the timer is
 * armed for the next deadline.
 */
final class NodeDriver {

  /** After a bug in the state machine: the least time until it is woken again. */
  private static final long FAULT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Logger log = LoggerFactory.getLogger(NodeDriver.class);

  private final NodeId id;
  private final EventLoop loop;
  private final Sockets sockets;
  private final EventDispatcher dispatcher;
  private final ShellStats stats;
  private final long startedAt = System.nanoTime();
  private final Swim swim;
  private final Datagrams datagrams;
  private final Streams streams;
  private final EngineFaults faults;
  private final Troubles troubles;
  private final long firstVersion;
  private final CompletableFuture<Membership> joined = new CompletableFuture<>();
  private final Informing departure = new Informing();
  final Outlet outlet;

  private volatile SwimReport.Phase phase = SwimReport.Phase.ALONE;

  // The loop's
  private Membership seen;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable ScheduledFuture<?> looks;
  private long armedFor = Long.MAX_VALUE;
  private long notBefore;
  private boolean inside;
  private boolean inputWaiting;
  private boolean stopped;
  private Informing spreading = new Informing();

  NodeDriver(
      RunSettings settings,
      InetSocketAddress advertised,
      EventLoop loop,
      Transport transport,
      Sockets sockets,
      SeedResolver resolver,
      EventDispatcher dispatcher,
      StreamLimits limits,
      Protection protection,
      ShellStats stats) {
    this.id = settings.id();
    this.loop = loop;
    this.sockets = sockets;
    this.dispatcher = dispatcher;
    this.stats = stats;
    SecureRandom secure = new SecureRandom();
    Signing signing = protection.signing();
    String cluster = settings.swim().cluster();
    this.datagrams =
        new Datagrams(
            sockets.datagrams(), this, protection, cipher(protection, cluster, secure), stats);
    this.streams = new Streams(loop, transport, limits, stats, this, protection, cluster, secure);
    this.outlet = new Outlet(id, datagrams, streams, resolver, protection, this::resolved);
    this.swim =
        new Swim(
            settings.self(advertised),
            settings.swim(),
            settings.seeds(),
            secure, // nonces that a member has seen must not tell it those of others
            outlet,
            Sharing.NONE,
            signing == null ? null : new NodeSigner(signing));
    this.faults = new EngineFaults(stats);
    this.troubles = new Troubles(id, settings.swim().maxPacketSize());
    this.seen = swim.membership();
    this.firstVersion = dispatcher.view().version() + 1;
  }

  private static @Nullable PacketCipher cipher(
      Protection protection, String cluster, SecureRandom random) {
    Keyring ring = protection.keyring();
    return ring == null ? null : new PacketCipher(ring, cluster, random, PacketLimits.DEFAULT);
  }

  /** Opens the doors and starts the state machine. */
  void begin() {
    dispatcher.begin(numbered(seen));
    sockets.streams().pipeline().addLast(new Acceptor(streams, stats));
    sockets.datagrams().pipeline().addLast(new DatagramHandler(this, datagrams));
    sockets.streams().closeFuture().addListener(closed -> lost("TCP"));
    sockets.datagrams().closeFuture().addListener(closed -> lost("UDP"));
    input(swim::start);
    looks =
        loop.scheduleWithFixedDelay(
            () ->
                troubles.look(
                    phase,
                    swim.stats().count(SwimStats.Counter.PROBES_STREAM),
                    () -> swim.report(now()).seeds()),
            Troubles.INTERVAL_NANOS,
            Troubles.INTERVAL_NANOS,
            TimeUnit.NANOSECONDS);
    sockets.streams().config().setAutoRead(true);
    sockets.datagrams().config().setAutoRead(true);
  }

  private void lost(String kind) {
    if (!stopped) {
      log.error("The {} socket of gossip node {} was closed", kind, id);
    }
  }

  /** Closes the doors; nothing is handed in or out any more. */
  void end() {
    stopped = true;
    departure.end(now(), swim.leaveConfirmed());
    spreading.end(now(), swim.spreadConfirmed());
    if (timer != null) {
      timer.cancel(false);
    }
    if (looks != null) {
      looks.cancel(false);
    }
    streams.closeAll();
    sockets.streams().close();
    sockets.datagrams().close();
  }

  // For any thread

  SwimReport.Phase phase() {
    return phase;
  }

  SwimStats swimStats() {
    return swim.stats();
  }

  /** Completes on the I/O thread when the node is one of at least two. */
  CompletableFuture<Membership> joined() {
    return joined;
  }

  /** Completes on the I/O thread when the node has left, or has been stopped. */
  CompletableFuture<Informing.Result> left() {
    return departure.result();
  }

  /** Hands something to the state machine, on the loop; not when the node has been stopped. */
  void post(ObjLongConsumer<Swim> input) {
    execute(() -> input(now -> input.accept(swim, now)));
  }

  /** Runs something on the loop; {@code false} when the node has been stopped. */
  boolean execute(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      log.debug("Gossip node {} has been stopped", id, e);
      return false;
    }
  }

  // Inputs

  /** Leaves, unless it does so already. */
  void leave() {
    input(
        now -> {
          if (departure.begin(now, seen)) {
            swim.leave(now);
          }
        });
  }

  /** Tells the others of the own state as it is; what was under way before ends. */
  void spread(Informing informing) {
    input(
        now -> {
          spreading.end(now, swim.spreadConfirmed());
          spreading = informing;
          informing.begin(now, seen);
          swim.spread(now);
        });
  }

  /** Goes by other keys from now on. */
  void keyring(Keyring keys) {
    execute(() -> datagrams.keyring(keys));
  }

  /**
   * Asks the state machine something; completes on the loop, and fails when the node has been
   * stopped.
   */
  <T> CompletableFuture<T> ask(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean asked =
        execute(
            () -> {
              try {
                answer.complete(question.apply(swim, now()));
              } catch (RuntimeException | Error e) {
                faults.add(e);
                answer.completeExceptionally(e);
              }
            });
    if (!asked) {
      answer.completeExceptionally(new IllegalStateException("the node has been stopped"));
    }
    return answer;
  }

  /** A question to the state machine, which changes nothing. */
  interface Question<T> {
    T apply(Swim swim, long now);
  }

  void datagram(InetSocketAddress from, ByteBuffer packet) {
    handle(now -> swim.receive(now, from, packet));
  }

  /** No more datagrams for now, or more than are read in one go. */
  void readComplete(boolean more) {
    inputWaiting = more;
    settle();
  }

  void accepted(long stream, InetSocketAddress from) {
    input(now -> swim.accepted(now, stream, from));
  }

  void connected(long stream) {
    input(now -> swim.connected(now, stream));
  }

  void received(long stream, ByteBuffer frame) {
    assert !inside : "a frame would be gone by the time it is dealt with";
    input(now -> swim.received(now, stream, frame));
  }

  void closed(long stream, StreamEnd end) {
    input(now -> swim.closed(now, stream, end));
  }

  private void resolved(Seed seed, List<InetSocketAddress> found) {
    execute(() -> input(now -> swim.resolved(now, seed, found)));
  }

  private void wake() {
    timer = null;
    armedFor = Long.MAX_VALUE;
    // One full read puts verdicts off by one turn of the loop: if more was waiting, that turn reads
    // it and says so again.
    boolean waiting = inputWaiting;
    inputWaiting = false;
    input(now -> swim.expire(now, waiting));
  }

  private void input(LongConsumer input) {
    if (inside) {
      // Netty told us of something from within a call the state machine made.
      loop.execute(() -> input(input));
      return;
    }
    handle(input);
    settle();
  }

  private void handle(LongConsumer input) {
    if (stopped) {
      return;
    }
    long now = now();
    inside = true;
    try {
      input.accept(now);
    } catch (RuntimeException | Error e) {
      faults.add(e);
      notBefore = now + FAULT_PAUSE_NANOS;
    } finally {
      inside = false;
    }
    try {
      show(now);
    } catch (RuntimeException | Error e) {
      faults.add(e);
    }
  }

  /** The view first, then the events that led to it. */
  @SuppressWarnings("ReferenceEquality") // the state machine gives the same object until it changes
  private void show(long now) {
    Membership current = swim.membership();
    if (current != seen) {
      seen = current;
      dispatcher.show(numbered(current));
    }
    SwimReport.Phase reached = swim.phase();
    if (reached != phase) {
      phase = reached;
    }
    List<MembershipEvent> events = outlet.takeEvents();
    if (!events.isEmpty()) {
      dispatcher.publish(events);
    } else if (dispatcher.isStuck()) {
      dispatcher.deliver();
    }
    if (reached == SwimReport.Phase.JOINED && !joined.isDone()) {
      joined.complete(dispatcher.view());
    }
    if (reached == SwimReport.Phase.LEFT) {
      departure.end(now, swim.leaveConfirmed());
    }
    if (!swim.isSpreading()) {
      spreading.end(now, swim.spreadConfirmed());
    }
    troubles.lookAtTcp(swim.isWatchingBlocked());
    troubles.lookAtSizes(swim.hasNarrowPaths());
  }

  private void settle() {
    if (stopped) {
      return;
    }
    datagrams.flush();
    long deadline = Math.max(swim.nextDeadline(), notBefore);
    if (deadline == armedFor) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    armedFor = deadline;
    if (deadline != Long.MAX_VALUE) {
      timer = loop.schedule(this::wake, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    }
  }

  /** A later run's views are newer than all of an earlier one's. */
  private Membership numbered(Membership view) {
    return new Membership(
        firstVersion + view.version(), view.hash(), view.self(), view.members(), view.departed());
  }

  private long now() {
    return System.nanoTime() - startedAt;
  }
}
