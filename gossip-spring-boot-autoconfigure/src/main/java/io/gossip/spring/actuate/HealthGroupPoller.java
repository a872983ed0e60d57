package io.gossip.spring.actuate;

import io.gossip.spring.batch.Background;
import io.gossip.spring.lifecycle.LocalService;
import io.gossip.spring.service.ServiceStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

/** Looks at a health group from time to time and lets it decide whether the service is called. */
public final class HealthGroupPoller implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(HealthGroupPoller.class);

  private final HealthEndpoint endpoint;
  private final LocalService service;
  private final String group;
  private final Duration interval;
  private final Background background = new Background("gossip-health");

  /** Polls nothing yet. */
  public HealthGroupPoller(
      HealthEndpoint endpoint, LocalService service, String group, Duration interval) {
    this.endpoint = endpoint;
    this.service = service;
    this.group = group;
    this.interval = interval;
  }

  @Override
  public void start() {
    if (background.start()) {
      background.repeat(this::poll, Duration.ZERO, interval);
    }
  }

  private void poll() {
    try {
      service.health(status());
    } catch (RuntimeException e) {
      log.warn("Health group {} cannot be read; the service counts as down", group, e);
      service.health(ServiceStatus.DOWN);
    }
  }

  private ServiceStatus status() {
    HealthDescriptor health = endpoint.healthForPath(group);
    if (health == null) {
      throw new IllegalStateException("there is no health group '" + group + "'");
    }
    Status status = health.getStatus();
    if (Status.DOWN.equals(status)) {
      return ServiceStatus.DOWN;
    }
    return Status.OUT_OF_SERVICE.equals(status) ? ServiceStatus.OUT_OF_SERVICE : ServiceStatus.UP;
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }
}
