package io.gossip.spring.lifecycle;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Lets the application's readiness decide whether its service is called. */
public final class ReadinessListener
    implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

  private final ServiceAnnouncement announcement;
  private final ApplicationContext context;

  /** Listens to this context, not to its children. */
  public ReadinessListener(ServiceAnnouncement announcement, ApplicationContext context) {
    this.announcement = announcement;
    this.context = context;
  }

  @Override
  public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
    if (event.getSource() instanceof ApplicationContext source && source != context) {
      return; // a child's readiness says nothing about the application's
    }
    announcement.readiness(event.getState() == ReadinessState.ACCEPTING_TRAFFIC);
  }
}
