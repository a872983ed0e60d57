package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.batch.Gatherer;
import io.gossip.spring.batch.MemberChange;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.ContextStartedEvent;

/**
 * Publishes what happens in the cluster to the application: in order, nothing before the context
 * has been refreshed, nothing after it has begun to close. What happens to members is told at once,
 * one by one, and, when it has become quiet, together: see {@link MembersChangedEvent}.
 *
 * <p>It listens from before the node starts. Until the context is ready its listener thread stands
 * still, and the node's bounded queue keeps what comes; so the members found at start are told once
 * and like any other.
 */
public final class GossipEventPublisher
    implements MembershipListener, ApplicationListener<ApplicationContextEvent>, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(GossipEventPublisher.class);

  private final GossipNode node;
  private final ApplicationContext context;
  private final GossipProperties.Events properties;
  private final EventTranslator translator;
  private final @Nullable Batch batch;
  private final Gatherer gatherer;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final DispatchTimes successes = new DispatchTimes();
  private final DispatchTimes failures = new DispatchTimes();

  /** Held while events are told: batches come from another thread than the rest. */
  private final ReentrantLock telling = new ReentrantLock();

  private volatile boolean closed;

  /**
   * Publishes nothing before the context is ready.
   *
   * @param includeSelf whether this node's instance is one of its service
   */
  public GossipEventPublisher(
      GossipNode node,
      ApplicationContext context,
      GossipProperties.Events properties,
      boolean includeSelf) {
    GossipProperties.Batch batching = properties.batch();
    this.node = node;
    this.context = context;
    this.properties = properties;
    this.translator = new EventTranslator(node, properties.suspicion(), includeSelf);
    this.batch = batching.enabled() ? new Batch(batching.maxSize()) : null;
    this.gatherer =
        new Gatherer("gossip-batches", batching.debounce(), batching.maxDelay(), this::becameQuiet);
  }

  @Override
  public void onApplicationEvent(ApplicationContextEvent event) {
    if (event.getApplicationContext() != context) {
      return; // children publish theirs to their parents, too
    }
    if (event instanceof ContextRefreshedEvent || event instanceof ContextStartedEvent) {
      tell(() -> publish(translator.started(node.members())));
      ready.countDown();
    } else if (event instanceof ContextClosedEvent) {
      close();
    }
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    if (isOpen()) {
      tell(
          () -> {
            publish(translator.translate(event, view));
            gather(event, view);
          });
    }
  }

  @Override
  public void onResync(Membership view, int dropped) {
    if (isOpen()) {
      tell(() -> publish(translator.resync(view, dropped)));
    }
  }

  private void becameQuiet() {
    if (isOpen()) {
      tell(this::publishBatch);
    }
  }

  private boolean isOpen() {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  private void tell(Runnable what) {
    telling.lock();
    try {
      what.run();
    } finally {
      telling.unlock();
    }
  }

  private void publish(List<GossipEvent> events) {
    for (GossipEvent event : events) {
      if (event instanceof ServiceInstancesChangedEvent changed) {
        publish(changed);
        gather(changed);
      } else {
        if (event instanceof GossipNodeEvent) {
          publishBatch(); // what was before is told before
        }
        publish(event);
      }
    }
  }

  private void gather(MembershipEvent event, Membership view) {
    MemberChange change = MemberChange.of(event);
    if (batch != null && change != null && isTold(change.kind())) {
      batch.add(change, view);
      if (batch.isFull()) {
        publishBatch();
      } else {
        gatherer.touch();
      }
    }
  }

  private boolean isTold(MemberChange.Kind kind) {
    boolean suspicion = kind == MemberChange.Kind.SUSPECTED || kind == MemberChange.Kind.RECOVERED;
    return properties.suspicion() || !suspicion;
  }

  private void gather(ServiceInstancesChangedEvent changed) {
    if (batch != null) {
      batch.add(changed.change(), changed.view());
      gatherer.touch();
    }
  }

  private void publishBatch() {
    MembersChangedEvent event = batch == null ? null : batch.take(node);
    if (event != null) {
      publish(event);
    }
  }

  private void publish(GossipEvent event) {
    if (closed) {
      return;
    }
    long began = System.nanoTime();
    DispatchTimes outcome = failures;
    try {
      context.publishEvent(event);
      outcome = successes;
    } catch (RuntimeException e) {
      log.error("A listener failed on {}", event, e); // and must not keep others from the next
    } finally {
      outcome.add(System.nanoTime() - began);
    }
  }

  /** The events that all listeners took. */
  public DispatchTimes successes() {
    return successes;
  }

  /** The events on which a listener threw. */
  public DispatchTimes failures() {
    return failures;
  }

  private void close() {
    closed = true;
    gatherer.close();
    ready.countDown();
  }

  @Override
  public void destroy() {
    close();
  }
}
