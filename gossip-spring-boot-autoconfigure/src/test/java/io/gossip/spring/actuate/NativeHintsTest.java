package io.gossip.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

/** What a native image has to know, so that the endpoints can write what they answer. */
class NativeHintsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        GossipDescriptor.class,
        GossipDescriptor.Trail.class,
        GossipAction.class,
        GossipEventsDescriptor.class,
        GossipEventsDescriptor.Event.class
      })
  void whatAnEndpointAnswersCanBeWritten(Class<?> type) {
    RuntimeHints hints = new RuntimeHints();
    new ReflectiveRuntimeHintsRegistrar()
        .registerRuntimeHints(hints, GossipEndpoint.class, GossipEventsEndpoint.class);
    assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints);
  }
}
