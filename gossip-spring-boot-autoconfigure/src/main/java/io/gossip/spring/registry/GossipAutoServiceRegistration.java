package io.gossip.spring.registry;

import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.lifecycle.ServiceAnnouncer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Registers the application's service with Spring Cloud's events and callbacks.
 *
 * <p>Does not extend Spring Cloud's own base class: that one registers no application without a web
 * server, not again after a stop and start, and deregisters when the web server is gone already.
 */
public final class GossipAutoServiceRegistration
    implements AutoServiceRegistration, ServiceAnnouncer {

  private static final Logger log = LoggerFactory.getLogger(GossipAutoServiceRegistration.class);

  private final GossipServiceRegistry registry;
  private final GossipRegistration registration;
  private final LocalService service;
  private final ApplicationEventPublisher publisher;
  private final List<RegistrationLifecycle<GossipRegistration>> lifecycles;

  /** Registers nothing yet. */
  public GossipAutoServiceRegistration(
      GossipServiceRegistry registry,
      GossipRegistration registration,
      LocalService service,
      ApplicationEventPublisher publisher,
      List<RegistrationLifecycle<GossipRegistration>> lifecycles) {
    this.registry = registry;
    this.registration = registration;
    this.service = service;
    this.publisher = publisher;
    this.lifecycles = List.copyOf(lifecycles);
  }

  @Override
  public void announce() {
    if (service.isOffered()) {
      publisher.publishEvent(new InstancePreRegisteredEvent(this, registration));
      lifecycles.forEach(lifecycle -> lifecycle.postProcessBeforeStartRegister(registration));
      registry.register(registration);
      lifecycles.forEach(lifecycle -> lifecycle.postProcessAfterStartRegister(registration));
    }
    publisher.publishEvent(new InstanceRegisteredEvent<>(this, registration));
  }

  @Override
  public void leave(Runnable leave) {
    boolean announced = service.isAnnounced();
    if (announced) {
      tell(lifecycle -> lifecycle.postProcessBeforeStopRegister(registration));
    }
    leave.run();
    if (announced) {
      tell(lifecycle -> lifecycle.postProcessAfterStopRegister(registration));
    }
  }

  private void tell(Consumer<RegistrationLifecycle<GossipRegistration>> call) {
    for (RegistrationLifecycle<GossipRegistration> lifecycle : lifecycles) {
      try {
        call.accept(lifecycle);
      } catch (RuntimeException e) {
        log.error("{} failed; the application leaves nevertheless", lifecycle, e);
      }
    }
  }
}
