package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.NodeReport;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's account of itself, asked for at most once a second: health, meters and endpoint may all
 * want it at the same time. A node that does not answer is asked no more often than one that does; a
 * reader that is interrupted has learnt nothing, and changes nothing for the others.
 */
public final class Reports {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final BooleanSupplier running;
  private final Supplier<CompletionStage<NodeReport>> report;
  private final Function<NodeId, CompletionStage<List<TrailEntry>>> trail;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private @Nullable NodeReport last;
  private boolean asked;
  private long askedAt;

  /** Asks this node. */
  public Reports(GossipNode node) {
    this(node::isRunning, node::report, node::trail, PATIENCE, System::nanoTime);
  }

  Reports(
      BooleanSupplier running,
      Supplier<CompletionStage<NodeReport>> report,
      Function<NodeId, CompletionStage<List<TrailEntry>>> trail,
      Duration patience,
      LongSupplier nanoTime) {
    this.running = running;
    this.report = report;
    this.trail = trail;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * An account that is at most a second old, or the last there was if the reader is interrupted.
   *
   * @return {@code null} when the node does not run, or its thread does not answer in time
   */
  public synchronized @Nullable NodeReport recent() {
    if (!running.getAsBoolean()) {
      last = null;
      asked = false;
      return null;
    }
    if (!asked || nanoTime.getAsLong() - askedAt > FRESH.toNanos()) {
      try {
        last = await(report.get());
        asked = true;
        askedAt = nanoTime.getAsLong(); // after the wait: else the next reader would wait as well
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return last;
  }

  /**
   * An account of now.
   *
   * @return {@code null} when the node does not run, or its thread does not answer in time
   */
  @Nullable NodeReport take() {
    return awaitOrNull(report.get());
  }

  /** What spoke for and against a member; {@code null} as for {@link #take}. */
  @Nullable List<TrailEntry> trail(NodeId id) {
    return awaitOrNull(trail.apply(id));
  }

  private <T> @Nullable T awaitOrNull(CompletionStage<T> answer) {
    try {
      return await(answer);
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
