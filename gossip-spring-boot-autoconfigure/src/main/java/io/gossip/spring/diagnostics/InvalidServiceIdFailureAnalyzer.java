package io.gossip.spring.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a name cannot be a service id, and proposes one that can. */
final class InvalidServiceIdFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidServiceIdException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceIdException cause) {
    String description =
        "\""
            + cause.serviceId()
            + "\", from \""
            + cause.property()
            + "\", cannot be the name of a service: callers put it where a host goes, as in http://"
            + cause.serviceId()
            + "/, and a host has only letters, digits, hyphens and dots.";
    String action =
        "Set \"gossip.instance.service-id\" to \""
            + cause.proposal()
            + "\", or rename the application. With \"gossip.instance.register=false\" it only watches"
            + " and needs no name.";
    return new FailureAnalysis(description, action, cause);
  }
}
