package io.gossip.spring.lifecycle;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Announces what a refresh of the environment changed in {@code gossip.instance}, in place. */
public final class RefreshListener implements ApplicationListener<EnvironmentChangeEvent> {

  private static final Logger log = LoggerFactory.getLogger(RefreshListener.class);
  private static final String GROUP = "gossip.instance.";

  private final LocalService service;
  private final ApplicationContext context;
  private final Supplier<ServiceDefinition> definition;

  /** Asks for the definition anew after each refresh. */
  public RefreshListener(
      LocalService service, ApplicationContext context, Supplier<ServiceDefinition> definition) {
    this.service = service;
    this.context = context;
    this.definition = definition;
  }

  @Override
  public void onApplicationEvent(EnvironmentChangeEvent event) {
    if (event.getSource() instanceof ApplicationContext source && source != context) {
      return;
    }
    if (event.getKeys().stream().noneMatch(key -> key.startsWith(GROUP))) {
      return;
    }
    try {
      service.refresh(definition.get());
    } catch (RuntimeException e) {
      log.warn("The service stays as it was announced: the new properties cannot be", e);
    }
  }
}
