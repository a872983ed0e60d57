package io.gossip.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code gossip.events.history} is anything but 0; what it may be is another's question.
 */
final class OnHistory extends SpringBootCondition {

  private static final String PROPERTY = "gossip.events.history";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean off =
        Binder.get(context.getEnvironment())
            .bind(PROPERTY, Integer.class)
            .map(capacity -> capacity == 0)
            .orElse(false);
    ConditionMessage.Builder message = ConditionMessage.forCondition("gossip history");
    return off
        ? ConditionOutcome.noMatch(message.because(PROPERTY + " is 0"))
        : ConditionOutcome.match(message.because(PROPERTY + " is not 0"));
  }
}
