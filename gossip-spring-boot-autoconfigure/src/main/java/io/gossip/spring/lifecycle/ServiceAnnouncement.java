package io.gossip.spring.lifecycle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * When the application's service is announced: as soon as its web server listens, or, where it has
 * none, when the application is ready. When it leaves: at the first sign that the application
 * closes, once.
 */
public final class ServiceAnnouncement {

  private final LocalService service;
  private final Supplier<ServiceAnnouncer> announcer;
  private final AtomicBoolean announced = new AtomicBoolean();
  private final AtomicBoolean left = new AtomicBoolean();

  /** Asks for the announcer when it is needed first. */
  public ServiceAnnouncement(LocalService service, Supplier<ServiceAnnouncer> announcer) {
    this.service = service;
    this.announcer = announcer;
  }

  void nodeStarted() {
    left.set(false);
    service.nodeStarted();
  }

  void webServer(int port) {
    service.webServer(port);
    announced.set(true);
    announcer.get().announce();
  }

  void serving(boolean ready) {
    if (ready && announced.compareAndSet(false, true)) {
      announcer.get().announce();
    }
    service.serving();
  }

  void readiness(boolean accepting) {
    if (accepting && announced.compareAndSet(false, true)) {
      announcer.get().announce();
    }
    service.readiness(accepting);
  }

  void leave() {
    if (left.compareAndSet(false, true)) {
      announcer.get().leave(service::leave);
    }
  }
}
