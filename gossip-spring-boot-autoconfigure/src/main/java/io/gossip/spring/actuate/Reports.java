package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's account of itself, which it writes on the thread that does its work. Health, meters and
 * endpoint share one: the first two a second long, the endpoint for as long as nothing is known to
 * have happened since, and 200 ms at most. Who comes while one is being written waits for that one.
 * A node that does not answer is asked no more often than one that does; a reader that is
 * interrupted has learnt nothing, and changes nothing for the others.
 */
public final class Reports {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration RECENT = Duration.ofSeconds(1);
  private static final Duration CURRENT = Duration.ofMillis(200);

  private final BooleanSupplier running;
  private final Supplier<?> state;
  private final Supplier<CompletionStage<NodeReport>> report;
  private final Function<NodeId, CompletionStage<List<TrailEntry>>> trail;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final AtomicInteger happened = new AtomicInteger();
  private @Nullable Taken last;

  /** Asks this node. */
  public Reports(GossipNode node) {
    this(
        node::isRunning,
        () -> List.of(node.members().version(), node.phase()),
        node::report,
        node::trail,
        PATIENCE,
        System::nanoTime);
  }

  /** The state is equal to a former one only if no member and no phase has changed since. */
  Reports(
      BooleanSupplier running,
      Supplier<?> state,
      Supplier<CompletionStage<NodeReport>> report,
      Function<NodeId, CompletionStage<List<TrailEntry>>> trail,
      Duration patience,
      LongSupplier nanoTime) {
    this.running = running;
    this.state = state;
    this.report = report;
    this.trail = trail;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * An account and when it was given.
   *
   * @param report {@code null} if the node's thread did not answer in time
   * @param since what was known to have happened when it was asked for
   */
  private record Taken(@Nullable NodeReport report, Instant at, long nanos, Since since) {}

  private record Since(Object state, int happened) {}

  /**
   * An account of a moment.
   *
   * @param at the moment
   */
  record Account(NodeReport report, Instant at) {}

  /**
   * An account that is at most a second old, or the last there was if the reader is interrupted.
   *
   * @return {@code null} when the node does not run, or its thread does not answer in time
   */
  public @Nullable NodeReport recent() {
    Taken taken = take(RECENT, false);
    return taken == null ? null : taken.report();
  }

  /**
   * An account that is at most a fifth of a second old, and not from before the last event.
   *
   * @return {@code null} as for {@link #recent}
   */
  @Nullable Account current() {
    Taken taken = take(CURRENT, true);
    if (taken == null) {
      return null;
    }
    NodeReport told = taken.report();
    return told == null ? null : new Account(told, taken.at());
  }

  /** Something has happened that the view does not show: whoever asks now gets a new account. */
  public void outdated() {
    happened.incrementAndGet();
  }

  private synchronized @Nullable Taken take(Duration age, boolean exact) {
    if (!running.getAsBoolean()) {
      last = null;
      return null;
    }
    Since since = new Since(state.get(), happened.get()); // before it is asked: rather too old
    Taken known = last;
    if (known != null
        && nanoTime.getAsLong() - known.nanos() <= age.toNanos()
        && (!exact || known.since().equals(since))) {
      return known;
    }
    try {
      NodeReport told = await(report.get());
      // as of after the wait: else the next reader would wait as well
      last = new Taken(told, Instant.now(), nanoTime.getAsLong(), since);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return last;
  }

  /** What spoke for and against a member; {@code null} as for {@link #recent}. */
  @Nullable List<TrailEntry> trail(NodeId id) {
    try {
      return await(trail.apply(id));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private <T> @Nullable T await(CompletionStage<T> answer) throws InterruptedException {
    try {
      return answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null; // not running any more, or stuck: both are what null says
    }
  }
}
