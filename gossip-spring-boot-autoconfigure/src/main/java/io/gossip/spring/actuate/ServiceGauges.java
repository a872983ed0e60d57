package io.gossip.spring.actuate;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One gauge for each service and status, kept by adding and taking away: an event costs the same in
 * a cluster of any size. Not thread-safe; the gauges may be read by any thread.
 *
 * <p>Names of services come from the network, so there is a bound. A service without instances
 * makes room for another; what finds no room is counted together.
 */
final class ServiceGauges {

  /** Services that get gauges of their own. */
  static final int MAX_SERVICES = 200;

  /** What stands for all others: no service can have this name. */
  static final String OTHERS = "_others";

  private final MeterRegistry registry;
  private final Map<NodeId, Place> places = new HashMap<>();
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Service others = new Service(OTHERS);

  ServiceGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Takes a member as it stands after an event. */
  void apply(Member member) {
    Place was = places.remove(member.id());
    if (was != null) {
      was.add(-1);
    }
    ServiceRecord record = member.status().isActive() ? ServiceRecord.read(member) : null;
    if (record != null) {
      Place now = service(record.serviceId()).place(record.status());
      now.add(1);
      places.put(member.id(), now);
    }
  }

  /** Takes a whole view, after events have been lost. */
  void resync(Membership view) {
    places.values().forEach(place -> place.add(-1));
    places.clear();
    view.members().forEach(this::apply);
  }

  private Service service(String name) {
    Service known = services.get(name);
    if (known == null && (services.size() < MAX_SERVICES || makeRoom())) {
      known = new Service(name);
      services.put(name, known);
    }
    return known == null ? others : known;
  }

  private boolean makeRoom() {
    Iterator<Service> all = services.values().iterator();
    while (all.hasNext()) {
      Service service = all.next();
      if (service.instances == 0) {
        service.remove();
        all.remove();
        return true;
      }
    }
    return false;
  }

  /** The gauges of a service. */
  private final class Service {

    private final String name;
    private final Map<ServiceStatus, Place> statuses = new EnumMap<>(ServiceStatus.class);
    private int instances;

    Service(String name) {
      this.name = name;
    }

    Place place(ServiceStatus status) {
      return statuses.computeIfAbsent(status, one -> new Place(this, one));
    }

    void remove() {
      statuses.values().forEach(place -> registry.remove(place.gauge));
    }
  }

  /** A service and a status, where instances are counted. */
  private final class Place {

    private final Service service;
    private final AtomicInteger count = new AtomicInteger();
    private final Gauge gauge;

    Place(Service service, ServiceStatus status) {
      this.service = service;
      this.gauge =
          Gauge.builder("gossip.service.instances", count, AtomicInteger::get)
              .description("Instances of services, by what they say of themselves")
              .tag("service", service.name)
              .tag("status", TrafficMeters.tag(status))
              .register(registry);
    }

    void add(int amount) {
      count.addAndGet(amount);
      service.instances += amount;
    }
  }
}
