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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** What happens to members and services, as meters. No meter carries the name of a member. */
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
    subscriptions.add(node.subscribe(new Listener(registry, perService)));
  }

  @Override
  public void destroy() {
    subscriptions.forEach(Subscription::close);
  }

  /** Counts into one registry. */
  private static final class Listener implements MembershipListener {

    private final MeterRegistry registry;
    private final Timer detection;
    private final @Nullable ServiceGauges services;

    Listener(MeterRegistry registry, boolean perService) {
      this.registry = registry;
      this.services = perService ? new ServiceGauges(registry) : null;
      this.detection =
          Timer.builder("gossip.failure.detection")
              .description("Time between the first suspicion of a member and its death")
              .register(registry);
      for (Class<?> type : MembershipEvent.class.getPermittedSubclasses()) {
        counter(type); // so that it reads 0 before the first
      }
    }

    private Counter counter(Class<?> type) {
      return Counter.builder("gossip.member.events")
          .description("What happened to members")
          .tag("type", type.getSimpleName().toLowerCase(Locale.ROOT))
          .register(registry);
    }

    @Override
    public void onEvent(MembershipEvent event, Membership view) {
      counter(event.getClass()).increment();
      if (event instanceof MembershipEvent.Failed failed) {
        detection.record(failed.detection());
      }
      if (services != null) {
        services.apply(event.member());
      }
    }

    @Override
    public void onResync(Membership view, int dropped) {
      if (services != null) {
        services.resync(view);
      }
    }
  }
}
