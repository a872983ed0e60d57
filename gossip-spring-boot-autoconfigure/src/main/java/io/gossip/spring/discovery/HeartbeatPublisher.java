package io.gossip.spring.discovery;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * client shows has changed, and only then. Changes that come together are told together.
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
  private final Duration debounce;

  private Map<String, List<Object>> told = Map.of();
  private long count;
  private boolean scheduled;
  private @Nullable ScheduledThreadPoolExecutor thread;

  /** Publishes nothing before the context is ready. */
  public HeartbeatPublisher(
      GossipNode node, DiscoveryClient client, ApplicationContext context, Duration debounce) {
    this.nodeId = node.id().value();
    this.client = client;
    this.context = context;
    this.debounce = debounce;
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

  private synchronized void open() {
    if (thread != null) {
      return;
    }
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "gossip-heartbeat");
              created.setDaemon(true);
              return created;
            });
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread = executor;
    schedule(); // what was found while the context started
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    schedule();
  }

  @Override
  public void onResync(Membership view, int dropped) {
    schedule();
  }

  private synchronized void schedule() {
    if (thread != null && !scheduled) {
      scheduled = true;
      thread.schedule(this::beat, debounce.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void beat() {
    String value;
    synchronized (this) {
      scheduled = false;
      Map<String, List<Object>> now = shown();
      if (thread == null || now.equals(told)) {
        return;
      }
      told = now;
      value = "gossip:" + nodeId + ":" + ++count;
    }
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

  private synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  @Override
  public void destroy() {
    close();
  }
}
