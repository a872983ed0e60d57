package io.gossip.spring.lifecycle;

/** Announces the service, where there is no Spring Cloud that wants to know. */
public record PlainAnnouncer(LocalService service) implements ServiceAnnouncer {

  @Override
  public void announce() {
    service.announce();
  }

  @Override
  public void leave(Runnable leave) {
    leave.run();
  }
}
