package io.gossip.spring;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** No public method: beans are got from the context, not from the class that makes them. */
final class ShowNothing extends ArchCondition<JavaClass> {

  ShowNothing() {
    super("have no public methods");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .forEach(
            method ->
                events.add(
                    SimpleConditionEvent.violated(method, method.getFullName() + " is public")));
  }
}
