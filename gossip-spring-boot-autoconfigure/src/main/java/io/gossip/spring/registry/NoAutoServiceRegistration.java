package io.gossip.spring.registry;

import io.gossip.spring.lifecycle.ServiceAnnouncer;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Announces nothing by itself, where automatic registration is switched off. Still tells Spring
 * Cloud that discovery works: its health indicator waits for that.
 */
public final class NoAutoServiceRegistration implements ServiceAnnouncer {

  private final GossipRegistration registration;
  private final ApplicationEventPublisher publisher;

  /** Announces nothing. */
  public NoAutoServiceRegistration(
      GossipRegistration registration, ApplicationEventPublisher publisher) {
    this.registration = registration;
    this.publisher = publisher;
  }

  @Override
  public void announce() {
    publisher.publishEvent(new InstanceRegisteredEvent<>(this, registration));
  }

  @Override
  public void leave(Runnable leave) {
    leave.run();
  }
}
