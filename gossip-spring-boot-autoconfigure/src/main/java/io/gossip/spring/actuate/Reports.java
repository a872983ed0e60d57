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
import org.jspecify.annotations.Nullable;

/**
 * A node's account of itself, asked for at most once a second: health, meters and endpoint may all
 * want it at the same time.
 */
public final class Reports {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final GossipNode node;
  private @Nullable NodeReport last;
  private long takenAt;

  /** Asks this node. */
  public Reports(GossipNode node) {
    this.node = node;
  }

  /**
   * An account that is at most a second old.
   *
   * @return {@code null} when the node does not run, or its thread does not answer in time
   */
  public synchronized @Nullable NodeReport recent() {
    if (!node.isRunning()) {
      last = null;
      return null;
    }
    if (last == null || System.nanoTime() - takenAt > FRESH.toNanos()) {
      last = take();
      takenAt = System.nanoTime();
    }
    return last;
  }

  /**
   * An account of now.
   *
   * @return {@code null} when the node does not run, or its thread does not answer in time
   */
  @Nullable NodeReport take() {
    return await(node.report());
  }

  /** What spoke for and against a member; {@code null} as for {@link #take}. */
  @Nullable List<TrailEntry> trail(NodeId id) {
    return await(node.trail(id));
  }

  private static <T> @Nullable T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return null; // not running any more, or stuck: both are what null says
    }
  }
}
