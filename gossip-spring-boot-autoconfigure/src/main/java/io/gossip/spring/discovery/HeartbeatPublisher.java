package io.gossip.spring.discovery;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.batch.Gatherer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Tells those who keep what they found, as gateways do, to look again: when what the discovery
 * client shows has changed, and only then. Changes that come together are told together, when it
 * has become quiet.
 *
 * <p>Each event has a value of its own, also among other discovery clients', for receivers take an
 * equal one for old.
 */
public final class HeartbeatPublisher
    implements MembershipListener, ApplicationListener<ApplicationContextEvent>, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(HeartbeatPublisher.class);

  private final String nodeId;
  private final DiscoveryClient client;
  private final ApplicationContext context;
  private final Gatherer gatherer;

  private Map<String, List<Object>> told = Map.of();
  private long count;
  private volatile boolean open;

  /**
   * Publishes nothing before the context is ready.
   *
   * @param debounce how long nothing must have changed before it is told
   * @param maxDelay longest time from a change until it is told; at least {@code debounce} counts
   */
  public HeartbeatPublisher(
      GossipNode node,
      DiscoveryClient client,
      ApplicationContext context,
      Duration debounce,
      Duration maxDelay) {
    this.nodeId = node.id().value();
    this.client = client;
    this.context = context;
    this.gatherer = new Gatherer("gossip-heartbeat", debounce, maxDelay, this::beat);
  }

  @Override
  public void onApplicationEvent(ApplicationContextEvent event) {
    if (event.getApplicationContext() != context) {
      return;
    }
    if (event instanceof ContextRefreshedEvent) {
      open();
    } else if (event instanceof ContextClosedEvent) {
      close();
    }
  }

  private void open() {
    open = true;
    gatherer.touch(); // what was found while the context started
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    changed();
  }

  @Override
  public void onResync(Membership view, int dropped) {
    changed();
  }

  private void changed() {
    if (open) {
      gatherer.touch();
    }
  }

  private void beat() {
    Map<String, List<Object>> now = shown();
    if (!open || now.equals(told)) {
      return;
    }
    told = now;
    String value = "gossip:" + nodeId + ":" + ++count;
    try {
      context.publishEvent(new HeartbeatEvent(client, value));
    } catch (RuntimeException e) {
      log.error("A listener failed on the heartbeat {}", value, e);
    }
  }

  /** Everything a caller can tell apart in what the client shows. */
  private Map<String, List<Object>> shown() {
    Map<String, List<Object>> shown = new TreeMap<>();
    for (String service : client.getServices()) {
      List<Object> instances = new ArrayList<>();
      for (ServiceInstance instance : client.getInstances(service)) {
        instances.add(
            List.of(
                String.valueOf(instance.getInstanceId()),
                instance.getUri(),
                instance.getMetadata()));
      }
      if (!instances.isEmpty()) {
        shown.put(service, instances);
      }
    }
    return shown;
  }

  private void close() {
    open = false;
    gatherer.close();
  }

  @Override
  public void destroy() {
    close();
  }
}
