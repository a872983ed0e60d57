package io.gossip.spring.lifecycle;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.SpreadResult;
import io.gossip.Subscription;
import io.gossip.swim.SwimReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the node before everything else and stops it after everything else, so that it answers as
 * long as the application does anything. Can be started again.
 */
public final class GossipLifecycle implements SmartLifecycle, DisposableBean {

  /** Before and after everything that does not insist. */
  public static final int PHASE = Integer.MIN_VALUE + 1000;

  private static final Logger log = LoggerFactory.getLogger(GossipLifecycle.class);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final GossipNode node;
  private final ServiceAnnouncement announcement;
  private final JoinWait joinWait;
  private final Duration leaveTimeout;
  private final List<MembershipListener> listeners;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile boolean running;

  /**
   * Starts nothing yet.
   *
   * @param listeners are told everything from the first start on
   */
  public GossipLifecycle(
      GossipNode node,
      ServiceAnnouncement announcement,
      JoinWait joinWait,
      Duration leaveTimeout,
      List<MembershipListener> listeners) {
    this.node = node;
    this.announcement = announcement;
    this.joinWait = joinWait;
    this.leaveTimeout = leaveTimeout;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void start() {
    if (running) {
      return;
    }
    if (subscriptions.isEmpty()) {
      listeners.forEach(listener -> subscriptions.add(node.subscribe(listener)));
    }
    node.start();
    try {
      announcement.nodeStarted();
      joinWait.await(node);
    } catch (RuntimeException e) {
      node.stop();
      throw e;
    }
    running = true;
  }

  @Override
  public void stop() {
    if (!running) {
      return;
    }
    running = false;
    if (node.phase() != SwimReport.Phase.CONFLICT) { // else another goes on under this name
      leave();
    }
    node.stop();
  }

  private void leave() {
    try {
      SpreadResult result =
          node.leave()
              .toCompletableFuture()
              .get(leaveTimeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
      log.info(
          "Left the cluster in {} ms, {}/{} members informed",
          result.took().toMillis(),
          result.informed(),
          result.members());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("Interrupted while leaving the cluster; the others will find out");
    } catch (ExecutionException | TimeoutException e) {
      log.warn("Could not leave the cluster in time; the others will find out", e);
    }
  }

  @Override
  public void destroy() {
    subscriptions.forEach(Subscription::close);
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
