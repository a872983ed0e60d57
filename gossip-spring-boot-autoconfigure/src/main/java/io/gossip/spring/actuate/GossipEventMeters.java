package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.MembershipListener;
import io.gossip.Subscription;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.GossipServices;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;

/** What happens to members and services, as meters. No meter carries the name of a member. */
public final class GossipEventMeters implements MeterBinder, DisposableBean {

  /** Services that get a gauge; their names come from the network. */
  private static final int MAX_SERVICES = 200;

  private final GossipNode node;
  private final GossipServices services;
  private final boolean perService;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Counts at this node.
   *
   * @param perService whether each service has a gauge
   */
  public GossipEventMeters(GossipNode node, GossipServices services, boolean perService) {
    this.node = node;
    this.services = services;
    this.perService = perService;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    subscriptions.add(node.subscribe(new Listener(registry)));
  }

  @Override
  public void destroy() {
    subscriptions.forEach(Subscription::close);
  }

  /** Counts into one registry. */
  private final class Listener implements MembershipListener {

    private final MeterRegistry registry;
    private final Timer detection;
    private final MultiGauge instances;

    Listener(MeterRegistry registry) {
      this.registry = registry;
      this.detection =
          Timer.builder("gossip.failure.detection")
              .description("Time between the first suspicion of a member and its death")
              .register(registry);
      this.instances =
          MultiGauge.builder("gossip.service.instances")
              .description("Instances by service and status")
              .register(registry);
      for (String type :
          List.of("joined", "updated", "restarted", "suspected", "recovered", "failed", "left")) {
        counter(type); // so that it reads 0 before the first
      }
    }

    private Counter counter(String type) {
      return Counter.builder("gossip.member.events")
          .description("What happened to members")
          .tag("type", type)
          .register(registry);
    }

    @Override
    public void onEvent(MembershipEvent event, Membership view) {
      counter(event.getClass().getSimpleName().toLowerCase(Locale.ROOT)).increment();
      if (event instanceof MembershipEvent.Failed failed) {
        detection.record(failed.detection());
      }
      refresh();
    }

    @Override
    public void onResync(Membership view, int dropped) {
      refresh();
    }

    private void refresh() {
      if (!perService) {
        return;
      }
      Map<String, Map<String, Integer>> counts = new TreeMap<>();
      for (GossipInstance instance : services.current().all()) {
        String id = instance.service().serviceId();
        if (counts.containsKey(id) || counts.size() < MAX_SERVICES) {
          counts
              .computeIfAbsent(id, unused -> new TreeMap<>())
              .merge(tag(instance), 1, Integer::sum);
        }
      }
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      counts.forEach(
          (service, byStatus) ->
              byStatus.forEach(
                  (status, count) ->
                      rows.add(
                          MultiGauge.Row.of(
                              Tags.of("service", service, "status", status), count))));
      instances.register(rows, true);
    }

    private String tag(GossipInstance instance) {
      return instance.service().status().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
