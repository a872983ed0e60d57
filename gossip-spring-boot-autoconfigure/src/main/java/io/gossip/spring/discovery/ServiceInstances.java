package io.gossip.spring.discovery;

import io.gossip.spring.damping.Damped;
import io.gossip.spring.damping.FlapScores;
import io.gossip.spring.quarantine.Quarantine;
import io.gossip.spring.quarantine.Quarantined;
import io.gossip.spring.service.GossipInstance;
import io.gossip.spring.service.GossipServices;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The cluster's services as Spring Cloud wants them. Made once for each change of a service, not
 * for each call; a call costs a look-up, and is never behind the node's view.
 */
public final class ServiceInstances {

  /** What was made of one list; good as long as the directory holds that very list. */
  private record Made(
      List<GossipInstance> from, List<ServiceInstance> all, List<ServiceInstance> unsuspected) {

    List<ServiceInstance> first(boolean avoidSuspects) {
      return avoidSuspects && !unsuspected.isEmpty() ? unsuspected : all;
    }
  }

  /** What is left of one list without those that are in doubt; good as long as all are the same. */
  private record Chosen(
      Made of,
      Damped damped,
      Quarantined quarantined,
      boolean avoidSuspects,
      List<ServiceInstance> list) {

    @SuppressWarnings("ReferenceEquality") // all are made anew for every change
    boolean isOf(Made made, Damped flapping, Quarantined unreached, boolean avoid) {
      return of == made && damped == flapping && quarantined == unreached && avoidSuspects == avoid;
    }
  }

  private final GossipServices services;
  private final @Nullable FlapScores scores;
  private final Map<String, Made> made = new ConcurrentHashMap<>();
  private final @Nullable Quarantine quarantine;
  private final Map<String, Chosen> chosen = new ConcurrentHashMap<>();

  /** Reads from these services; nobody flaps, and calls say nothing. */
  public ServiceInstances(GossipServices services) {
    this(services, null, null);
  }

  /**
   * Reads from these services.
   *
   * @param scores who flaps; {@code null} if that does not matter
   * @param quarantine who could not be reached of late; {@code null} if that does not matter
   */
  public ServiceInstances(
      GossipServices services, @Nullable FlapScores scores, @Nullable Quarantine quarantine) {
    this.services = services;
    this.scores = scores;
    this.quarantine = quarantine;
  }

  /** All instances of a service that can be called, ordered by instance id. */
  public List<ServiceInstance> all(String serviceId) {
    return of(serviceId).all;
  }

  /** Those of {@link #all} whose member is not under suspicion. */
  public List<ServiceInstance> unsuspected(String serviceId) {
    return of(serviceId).unsuspected;
  }

  /**
   * Those to call first; empty only if there is none at all. Suspects, where they are avoided, and
   * those that calls of this application could not reach are left out as long as another remains.
   * Of the rest, those that flap are left out as long as at least half remain: they do answer now,
   * and the few others should not have to carry it all.
   */
  public List<ServiceInstance> preferred(String serviceId, boolean avoidSuspects) {
    Made lists = of(serviceId);
    Damped damped = scores == null ? Damped.NOBODY : scores.damped();
    Quarantined unreached = quarantine == null ? Quarantined.NOBODY : quarantine.current();
    if ((damped.isEmpty() && unreached.isEmpty()) || lists.from.isEmpty()) {
      return lists.first(avoidSuspects);
    }
    Chosen known = chosen.get(serviceId);
    if (known == null || !known.isOf(lists, damped, unreached, avoidSuspects)) {
      List<ServiceInstance> reached = reached(lists, unreached, avoidSuspects);
      known = new Chosen(lists, damped, unreached, avoidSuspects, steady(reached, damped));
      chosen.put(serviceId, known);
    }
    return known.list;
  }

  /** Names of the services that have an instance, ordered. */
  public List<String> names() {
    return List.copyOf(services.names());
  }

  private Made of(String serviceId) {
    List<GossipInstance> now = services.instances(serviceId);
    Made former = made.get(serviceId);
    if (former != null && former.from == now) {
      return former;
    }
    Made latest = make(now, former);
    if (now.isEmpty()) {
      made.remove(serviceId); // anybody may ask for any name
      chosen.remove(serviceId);
    } else {
      made.put(serviceId, latest);
    }
    return latest;
  }

  private static Made make(List<GossipInstance> from, @Nullable Made former) {
    IdentityHashMap<GossipInstance, ServiceInstance> known = new IdentityHashMap<>();
    if (former != null) {
      former.all.forEach(each -> known.put(((GossipServiceInstance) each).instance(), each));
    }
    List<ServiceInstance> all = new ArrayList<>(from.size());
    List<ServiceInstance> unsuspected = new ArrayList<>(from.size());
    for (GossipInstance instance : from) {
      ServiceInstance same = known.get(instance);
      ServiceInstance made = same == null ? new GossipServiceInstance(instance) : same;
      all.add(made);
      if (!instance.isSuspect()) {
        unsuspected.add(made);
      }
    }
    return new Made(from, List.copyOf(all), List.copyOf(unsuspected));
  }

  private static List<ServiceInstance> reached(
      Made lists, Quarantined unreached, boolean avoidSuspects) {
    List<ServiceInstance> first = without(lists.first(avoidSuspects), unreached);
    List<ServiceInstance> any = first.isEmpty() ? without(lists.all, unreached) : first;
    return any.isEmpty() ? lists.first(avoidSuspects) : any;
  }

  private static List<ServiceInstance> without(
      List<ServiceInstance> instances, Quarantined unreached) {
    return instances.stream()
        .filter(
            each ->
                !unreached.contains(((GossipServiceInstance) each).instance().member().identity()))
        .toList();
  }

  private static List<ServiceInstance> steady(List<ServiceInstance> candidates, Damped damped) {
    List<ServiceInstance> rest =
        candidates.stream()
            .filter(each -> !damped.contains(((GossipServiceInstance) each).memberId()))
            .toList();
    return rest.size() * 2 >= candidates.size() ? rest : candidates;
  }
}
