package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
 * has been refreshed, nothing after it has begun to close.
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
  private final EventTranslator translator;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * Publishes nothing before the context is ready.
   *
   * @param suspicion whether suspicions are told
   * @param includeSelf whether this node's instance is one of its service
   */
  public GossipEventPublisher(
      GossipNode node, ApplicationContext context, boolean suspicion, boolean includeSelf) {
    this.node = node;
    this.context = context;
    this.translator = new EventTranslator(node, suspicion, includeSelf);
  }

  @Override
  public void onApplicationEvent(ApplicationContextEvent event) {
    if (event.getApplicationContext() != context) {
      return; // children publish theirs to their parents, too
    }
    if (event instanceof ContextRefreshedEvent || event instanceof ContextStartedEvent) {
      started();
      ready.countDown();
    } else if (event instanceof ContextClosedEvent) {
      close();
    }
  }

  private void started() {
    List<GossipEvent> events;
    synchronized (translator) {
      events = translator.started(node.members());
    }
    publish(events);
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    if (!isOpen()) {
      return;
    }
    List<GossipEvent> events;
    synchronized (translator) {
      events = translator.translate(event, view);
    }
    publish(events);
  }

  @Override
  public void onResync(Membership view, int dropped) {
    if (!isOpen()) {
      return;
    }
    List<GossipEvent> events;
    synchronized (translator) {
      events = translator.resync(view, dropped);
    }
    publish(events);
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

  private void publish(List<GossipEvent> events) {
    for (GossipEvent event : events) {
      if (closed) {
        return;
      }
      try {
        context.publishEvent(event);
      } catch (RuntimeException e) {
        log.error("A listener failed on {}", event, e); // and must not keep others from the next
      }
    }
  }

  private void close() {
    closed = true;
    ready.countDown();
  }

  @Override
  public void destroy() {
    close();
  }
}
