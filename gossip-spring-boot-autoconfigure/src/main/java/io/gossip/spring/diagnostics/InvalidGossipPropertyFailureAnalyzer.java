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
    String action = "Change the value of \"" + cause.property() + "\" so that it does.";
    if (cause.property().startsWith("gossip.encryption.keys")) {
      action += " \"head -c 32 /dev/urandom | base64\" makes a key.";
    }
    return new FailureAnalysis(description, action, cause);
  }
}
