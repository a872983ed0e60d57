package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.Subscription;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** Counts what happens to members, and to services. No meter carries the name of a member. */
public final class GossipEventMeters implements MeterBinder, DisposableBean {

  private final GossipNode node;
  private final boolean perService;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Counts at this node.
   *
   * @param perService whether each service has gauges
   */
  public GossipEventMeters(GossipNode node, boolean perService) {
    this.node = node;
    this.perService = perService;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Listener listener = new Listener(registry, perService);
    subscriptions.add(node.subscribe(listener));
    listener.begin(node::members); // a registry may be asked for when the node runs
  }

  @Override
  public void destroy() {
    subscriptions.forEach(Subscription::close);
  }

  /** Counts into one registry. */
  static final class Listener implements MembershipListener {

    private final Map<Class<?>, Counter> counters = new HashMap<>();
    private final Timer detection;
    private final @Nullable ServiceGauges services;

    Listener(MeterRegistry registry, boolean perService) {
      this.services = perService ? new ServiceGauges(registry) : null;
      this.detection =
          Timer.builder("gossip.failure.detection")
              .description("Time from the first sign that a member is gone to its death here")
              .register(registry);
      for (Class<?> type : MembershipEvent.class.getPermittedSubclasses()) {
        counters.put(type, counter(registry, type)); // so that it reads 0 before the first
      }
    }

    private static Counter counter(MeterRegistry registry, Class<?> type) {
      return Counter.builder("gossip.member.events")
          .description("What this node saw happen to members, and to itself")
          .tag("type", tag(type))
          .register(registry);
    }

    /** {@code ZoneReachable} reads {@code zone-reachable}. */
    private static String tag(Class<?> type) {
      return type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Begins with a view that shows all that has been told by then, as nothing is meanwhile. */
    synchronized void begin(Supplier<Membership> view) {
      onResync(view.get(), 0);
    }

    @Override
    public synchronized void onEvent(MembershipEvent event, Membership view) {
      Counter counter = counters.get(event.getClass());
      if (counter != null) {
        counter.increment();
      }
      if (event instanceof MembershipEvent.Failed failed && !failed.sinceFirstSign().isZero()) {
        detection.record(failed.sinceFirstSign());
      }
      if (services != null) {
        services.apply(event.member());
      }
    }

    @Override
    public synchronized void onResync(Membership view, int dropped) {
      if (services != null) {
        services.resync(view);
      }
    }
  }
}
