package io.gossip.spring.lifecycle;

import io.gossip.crypto.Key;
import io.gossip.spring.keys.GossipKeys;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Changes the keys in place when a refresh of the environment changed them. */
public final class KeyRefreshListener implements ApplicationListener<EnvironmentChangeEvent> {

  private static final Logger log = LoggerFactory.getLogger(KeyRefreshListener.class);
  private static final String PROPERTY = "gossip.encryption.keys";

  private final GossipKeys keys;
  private final ApplicationContext context;
  private final Supplier<List<Key>> configured;

  /** Asks for the keys anew after each refresh. */
  public KeyRefreshListener(
      GossipKeys keys, ApplicationContext context, Supplier<List<Key>> configured) {
    this.keys = keys;
    this.context = context;
    this.configured = configured;
  }

  @Override
  public void onApplicationEvent(EnvironmentChangeEvent event) {
    if (event.getSource() instanceof ApplicationContext source && source != context) {
      return;
    }
    if (event.getKeys().stream().noneMatch(key -> key.startsWith(PROPERTY))) {
      return;
    }
    try {
      keys.change(configured.get());
    } catch (RuntimeException e) { // none of which quotes a key
      log.warn("The gossip keys stay as they are: {}", e.getMessage());
    }
  }
}
