package io.gossip.spring.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code gossip.encryption.keys} has any. */
final class OnKeys extends SpringBootCondition {

  private static final String PROPERTY = "gossip.encryption.keys";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    List<String> keys =
        Binder.get(context.getEnvironment())
            .bind(PROPERTY, Bindable.listOf(String.class))
            .orElse(List.of());
    ConditionMessage.Builder message = ConditionMessage.forCondition("gossip keys");
    return keys.stream().allMatch(String::isBlank)
        ? ConditionOutcome.noMatch(message.because("there is none in " + PROPERTY))
        : ConditionOutcome.match(message.because("there are some in " + PROPERTY));
  }
}
