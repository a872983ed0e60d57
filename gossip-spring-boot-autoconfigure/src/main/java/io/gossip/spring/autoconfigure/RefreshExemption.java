package io.gossip.spring.autoconfigure;

import io.gossip.spring.GossipInstanceProperties;
import io.gossip.spring.GossipProperties;
import io.gossip.spring.GossipSwimProperties;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps Spring Cloud from binding our properties again at each refresh: they are immutable, and it
 * would warn of that every time. What may change at a refresh is read anew elsewhere.
 */
final class RefreshExemption implements EnvironmentPostProcessor {

  private static final String PROPERTY = "spring.cloud.refresh.never-refreshable";

  /** What Spring Cloud exempts where the property is not set. */
  private static final String ITS_OWN = "com.zaxxer.hikari.HikariDataSource";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String exempt =
        String.join(
            ",",
            ITS_OWN,
            GossipProperties.class.getName(),
            GossipInstanceProperties.class.getName(),
            GossipSwimProperties.class.getName());
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("gossipRefreshExemption", Map.of(PROPERTY, exempt)));
  }
}
