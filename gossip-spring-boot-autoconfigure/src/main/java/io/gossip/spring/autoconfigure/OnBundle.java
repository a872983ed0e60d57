package io.gossip.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code gossip.ssl.bundle} names one. */
final class OnBundle extends SpringBootCondition {

  private static final String PROPERTY = "gossip.ssl.bundle";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    String bundle = context.getEnvironment().getProperty(PROPERTY, "");
    ConditionMessage.Builder message = ConditionMessage.forCondition("gossip SSL bundle");
    return bundle.isBlank()
        ? ConditionOutcome.noMatch(message.because("none is named in " + PROPERTY))
        : ConditionOutcome.match(message.because(PROPERTY + " names one"));
  }
}
