package io.gossip.netty;

import io.gossip.crypto.Keyring;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a node, from start to stop: its sockets and its threads. For any thread; the work is
 * the {@link NodeDriver}'s, on the loop.
 */
public final class Shell {

  private static final Logger log = LoggerFactory.getLogger(Shell.class);

  private final Protection protection;
  private final RunSettings settings;
  private final Transport transport;
  final EventLoop loop;
  private final Sockets sockets;
  private final SeedResolver resolver;
  private final InetSocketAddress advertised;
  private final String addressSource;
  final NodeDriver driver;
  private final Set<NodeId> failing = ConcurrentHashMap.newKeySet();

  private Shell(
      RunSettings settings,
      Transport transport,
      EventLoop loop,
      SeedResolver resolver,
      EventDispatcher dispatcher,
      StreamLimits limits,
      Protection protection,
      ShellStats stats)
      throws ShellStartException {
    this.protection = protection;
    this.settings = settings;
    this.transport = transport;
    this.loop = loop;
    this.resolver = resolver;
    AdvertisedAddress chosen =
        new AddressChooser(settings.address(), resolver)
            .choose(settings.bindHost(), settings.seeds());
    this.sockets =
        Sockets.bind(
            transport,
            loop,
            settings.bindHost(),
            settings.bindPort(),
            settings.portAttempts(),
            settings.swim().maxPacketSize());
    Integer port = settings.address().port();
    this.advertised =
        new InetSocketAddress(chosen.address(), port != null ? port : bound().getPort());
    this.addressSource = chosen.source();
    this.driver =
        new NodeDriver(
            settings,
            advertised,
            loop,
            transport,
            sockets,
            resolver,
            dispatcher,
            limits,
            protection,
            stats);
  }

  /**
   * Binds, and begins to join.
   *
   * @throws ShellStartException if it cannot listen or has no address to announce
   */
  public static Shell start(
      RunSettings settings, EventDispatcher dispatcher, Protection protection, ShellStats stats)
      throws ShellStartException {
    return start(settings, dispatcher, StreamLimits.DEFAULT, protection, stats);
  }

  static Shell start(
      RunSettings settings,
      EventDispatcher dispatcher,
      StreamLimits limits,
      Protection protection,
      ShellStats stats)
      throws ShellStartException {
    Transport transport = Transport.of(settings.transport());
    String threadName = "gossip-" + settings.id();
    SeedResolver resolver = new SeedResolver(threadName + "-resolver", stats);
    EventLoop loop = transport.newLoop(threadName);
    boolean started = false;
    try {
      Shell shell =
          new Shell(settings, transport, loop, resolver, dispatcher, limits, protection, stats);
      loop.submit(shell.driver::begin).syncUninterruptibly();
      shell.announce();
      started = true;
      return shell;
    } finally {
      if (!started) {
        resolver.close();
        end(loop, TimeUnit.SECONDS.toNanos(5));
      }
    }
  }

  private void announce() {
    log.info(
        "Gossip node {} of cluster {} listens on {} ({}), announces {} ({}); seeds: {}",
        settings.id(),
        settings.swim().cluster(),
        Addresses.text(bound()),
        transport.name(),
        Addresses.text(advertised),
        addressSource,
        settings.seeds());
    if (protection.seals()) {
      log.info(
          "Gossip packets are encrypted: {}{}",
          protection.keyring(),
          protection.refusesPlain() ? "" : "; packets that are not are taken as well");
      return;
    }
    String warning =
        protection.keyring() == null
            ? "Gossip packets are neither encrypted nor authenticated"
            : "Gossip packets are sent without encryption";
    if (bound().getAddress().isLoopbackAddress()) {
      log.info(warning);
    } else {
      log.warn("{}: keep port {} inside a trusted network", warning, bound().getPort());
    }
  }

  /** Goes by other keys from now on; {@link Protection#keyring(Keyring)} has them already. */
  public void keyring(Keyring keys) {
    driver.keyring(keys);
  }

  /** Where it listens. */
  public InetSocketAddress bound() {
    return sockets.bound();
  }

  /** What it tells others to call. */
  public InetSocketAddress advertised() {
    return advertised;
  }

  /** Why that, in words. */
  public String addressSource() {
    return addressSource;
  }

  /** {@code epoll} or {@code nio}. */
  public String transport() {
    return transport.name();
  }

  /** Where the node is in its life. */
  public SwimReport.Phase phase() {
    return driver.phase();
  }

  /** What the state machine counts. */
  public SwimStats swimStats() {
    return driver.swimStats();
  }

  /** Whether the caller is the I/O thread, which must not wait for itself. */
  public boolean isIoThread() {
    return loop.inEventLoop();
  }

  /** Completes on the I/O thread when the node is one of at least two. */
  public CompletableFuture<Membership> joined() {
    return driver.joined();
  }

  /** Changes this member's own state. */
  public void update(Map<String, @Nullable String> changes) {
    driver.post((swim, now) -> swim.update(now, changes));
  }

  /** Has a member probed that the application could not reach; once, however often it is asked. */
  public void reportFailure(NodeId id) {
    if (failing.add(id)) {
      driver.post(
          (swim, now) -> {
            failing.remove(id);
            swim.reportFailure(now, id);
          });
    }
  }

  /** No longer keeps a departed member. */
  public void forget(NodeId id) {
    driver.post((swim, now) -> swim.forget(now, id));
  }

  /** Asks the seeds again. */
  public void rejoin() {
    driver.post((swim, now) -> swim.rejoin(now));
  }

  /** The state machine's account; completes on the I/O thread. */
  public CompletableFuture<SwimReport> report() {
    return driver.ask(Swim::report);
  }

  /** What spoke for and against a member; completes on the I/O thread. */
  public CompletableFuture<List<TrailEntry>> trail(NodeId id) {
    return driver.ask((swim, now) -> swim.trail(now, id));
  }

  /**
   * Tells the others directly of this member's own state as it is now.
   *
   * @return completes on the I/O thread when all that can be reached have it, after the leave
   *     time-out, or when the node is stopped
   */
  public CompletableFuture<Informing.Result> spread() {
    Informing informing = new Informing();
    if (!driver.execute(() -> driver.spread(informing))) {
      informing.end(0, 0);
    }
    return informing.result();
  }

  /**
   * Leaves; once, however often it is asked.
   *
   * @return completes on the I/O thread when all that can be reached know, after the leave
   *     time-out, or when the node is stopped
   */
  public CompletableFuture<Informing.Result> leave() {
    driver.execute(driver::leave);
    return driver.left();
  }

  /** Closes sockets and threads; waits for at most so long, and not at all on the I/O thread. */
  public void stop(long nanos) {
    long deadline = System.nanoTime() + nanos;
    if (loop.inEventLoop()) {
      driver.end();
    } else {
      // First the driver: a loop that shuts down closes the sockets before it runs what is posted.
      loop.submit(driver::end).awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS);
    }
    end(loop, deadline - System.nanoTime());
    resolver.close();
  }

  private static void end(EventLoop loop, long nanos) {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    if (loop.inEventLoop()) {
      return;
    }
    try {
      if (!loop.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
        log.warn("The gossip I/O thread is still busy; it is not waited for any longer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
