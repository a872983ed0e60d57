package io.gossip.spring.diagnostics;

import io.gossip.PortInUseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that the node's port is taken, and what can be done. */
final class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
    String description =
        cause.getMessage() + ". The node listens there on UDP and TCP (\"gossip.bind.port\").";
    String action =
        "Stop the process that listens there (\"ss -lntup\" names it), or choose another port with"
            + " \"gossip.bind.port\" (0 for any free one), or let the node try the next ones with"
            + " \"gossip.bind.port-attempts\".";
    return new FailureAnalysis(description, action, cause);
  }
}
