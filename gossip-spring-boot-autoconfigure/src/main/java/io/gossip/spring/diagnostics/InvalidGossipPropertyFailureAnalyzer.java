package io.gossip.spring.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property cannot have its value, and the rule. */
final class InvalidGossipPropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidGossipPropertyException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidGossipPropertyException cause) {
    String description =
        "Property \""
            + cause.property()
            + "\" "
            + cause.rule()
            + ", but its value is \""
            + cause.value()
            + "\".";
    return new FailureAnalysis(
        description, "Change the value of \"" + cause.property() + "\" so that it does.", cause);
  }
}
