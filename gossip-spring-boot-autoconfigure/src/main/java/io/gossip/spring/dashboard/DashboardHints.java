package io.gossip.spring.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.ClassPathResource;

/** Has a native image hold the files of the page, which nothing else tells it of. */
final class DashboardHints implements RuntimeHintsRegistrar {

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    register(hints, Assets.PAGE);
    Assets.NAMES.forEach(name -> register(hints, name));
  }

  private static void register(RuntimeHints hints, String name) {
    hints.resources().registerResource(new ClassPathResource(name, Assets.class));
  }
}
