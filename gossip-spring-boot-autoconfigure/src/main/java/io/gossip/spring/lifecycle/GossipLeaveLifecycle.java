package io.gossip.spring.lifecycle;

import io.gossip.GossipNode;
import io.gossip.SpreadResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Lets the callers go before the web server does: tells the others at the first sign of the end,
 * and holds the shutdown up until the news can have reached them. Meanwhile every call is answered.
 *
 * <p>Its phase lies above that of the web server's graceful shutdown: it stops before, and starts
 * when the web server listens.
 */
public final class GossipLeaveLifecycle
    implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

  /** Half-way between the default phase and the web server's graceful shutdown. */
  public static final int PHASE = DEFAULT_PHASE - 512;

  private static final Logger log = LoggerFactory.getLogger(GossipLeaveLifecycle.class);
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final GossipNode node;
  private final ServiceAnnouncement announcement;
  private final ApplicationContext context;
  private final boolean readiness;
  private final @Nullable Duration drainDelay;
  private final Duration gossipInterval;
  private volatile boolean running;
  private volatile long leftAt;
  private volatile boolean leaving;
  private volatile CompletionStage<@Nullable SpreadResult> told =
      CompletableFuture.completedStage(null);

  /**
   * Waits for nothing yet.
   *
   * @param readiness whether readiness decides when the service is called
   * @param drainDelay how long to hold the shutdown up; {@code null} to work it out
   * @param gossipInterval time between rounds of gossip
   */
  public GossipLeaveLifecycle(
      GossipNode node,
      ServiceAnnouncement announcement,
      ApplicationContext context,
      boolean readiness,
      @Nullable Duration drainDelay,
      Duration gossipInterval) {
    this.node = node;
    this.announcement = announcement;
    this.context = context;
    this.readiness = readiness;
    this.drainDelay = drainDelay;
    this.gossipInterval = gossipInterval;
  }

  @Override
  public void start() {
    leaving = false;
    running = true;
    announcement.serving(!readiness);
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext() == context && running) {
      leave();
    }
  }

  private synchronized void leave() {
    if (!leaving) {
      leaving = true;
      announcement.leave();
      leftAt = System.nanoTime();
      // Not for ever, should a listener keep the thread on which it would come.
      told =
          node.spread()
              .toCompletableFuture()
              .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Leaves for good, though the application goes on: withdraws the service as a shutdown does, and
   * when all that can be reached know, lets them see {@code LEFT}. The node takes part again when
   * it is started again, and not before. A shutdown that follows has nobody to wait for.
   *
   * @return how many others know; at once when the node does not run
   */
  public CompletionStage<SpreadResult> depart() {
    leave();
    return told.thenCompose(result -> node.leave());
  }

  @Override
  public void stop() {
    running = false;
    leave();
  }

  @Override
  public void stop(Runnable callback) {
    stop();
    told.whenComplete((result, failure) -> drain(result, callback));
  }

  /** All that can be told know; who has picked this instance before has the rest of the time. */
  private void drain(@Nullable SpreadResult told, Runnable callback) {
    int others = node.members().members().size() - 1;
    Duration delay = drainDelay == null ? spread(others, gossipInterval) : drainDelay;
    Duration rest = delay.minusNanos(System.nanoTime() - leftAt);
    boolean waits = !rest.isNegative() && !rest.isZero();
    if (told != null && told.members() > 0) {
      log.info(
          "Leaving: {}/{} members informed in {} ms; the web server goes on for {} ms",
          told.informed(),
          told.members(),
          told.took().toMillis(),
          waits ? rest.toMillis() : 0);
    }
    if (waits) {
      CompletableFuture.delayedExecutor(rest.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
          .execute(callback);
    } else {
      callback.run();
    }
  }

  /** The time that news needs to reach this many others: a round for each doubling. */
  static Duration spread(int others, Duration gossipInterval) {
    if (others <= 0) {
      return Duration.ZERO;
    }
    int rounds = Integer.SIZE - Integer.numberOfLeadingZeros(others); // ⌈log2(others + 1)⌉
    Duration time = gossipInterval.multipliedBy(rounds);
    if (time.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
