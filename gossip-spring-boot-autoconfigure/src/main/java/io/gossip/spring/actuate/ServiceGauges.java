package io.gossip.spring.actuate;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.spring.service.ServiceRecord;
import io.gossip.spring.service.ServiceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One gauge for each service and status, kept by adding and taking away: an event costs the same in
 * a cluster of any size. Not thread-safe; the gauges may be read by any thread.
 */
final class ServiceGauges {

  /** Services that get a gauge: their names come from the network. */
  static final int MAX_SERVICES = 200;

  private record Key(String service, ServiceStatus status) {}

  private final MeterRegistry registry;
  private final Map<NodeId, Key> members = new HashMap<>();
  private final Map<Key, AtomicInteger> counts = new HashMap<>();
  private final Set<String> services = new HashSet<>();

  ServiceGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Takes a member as it stands after an event. */
  void apply(Member member) {
    Key now = key(member);
    Key was = now == null ? members.remove(member.id()) : members.put(member.id(), now);
    add(was, -1);
    add(now, 1);
  }

  /** Takes a whole view, after events have been lost. */
  void resync(Membership view) {
    members.clear();
    counts.values().forEach(count -> count.set(0));
    view.members().forEach(this::apply);
  }

  private static @Nullable Key key(Member member) {
    ServiceRecord service = member.status().isActive() ? ServiceRecord.read(member) : null;
    return service == null ? null : new Key(service.serviceId(), service.status());
  }

  private void add(@Nullable Key key, int amount) {
    if (key == null) {
      return;
    }
    AtomicInteger count = counts.get(key);
    if (count == null && (services.contains(key.service) || services.size() < MAX_SERVICES)) {
      services.add(key.service);
      count = register(key);
      counts.put(key, count);
    }
    if (count != null) {
      count.addAndGet(amount);
    }
  }

  private AtomicInteger register(Key key) {
    AtomicInteger count = new AtomicInteger();
    Gauge.builder("gossip.service.instances", count, AtomicInteger::get)
        .description("Instances by service and status")
        .tag("service", key.service)
        .tag("status", key.status.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .register(registry);
    return count;
  }
}
