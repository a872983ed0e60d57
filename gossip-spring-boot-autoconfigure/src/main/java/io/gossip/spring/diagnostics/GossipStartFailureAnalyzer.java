package io.gossip.spring.diagnostics;

import io.gossip.GossipStartException;
import io.gossip.PortInUseException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the node cannot listen, or has no address to announce. */
final class GossipStartFailureAnalyzer extends AbstractFailureAnalyzer<GossipStartException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, GossipStartException cause) {
    if (cause instanceof PortInUseException) {
      return null; // has an analyzer of its own
    }
    String description = "The gossip node could not start: " + cause.getMessage() + ".";
    String action =
        "Check where it listens (\"gossip.bind.host\", \"gossip.bind.port\") and which address it"
            + " announces (\"gossip.advertise.host\", \"gossip.advertise.preferred-networks\","
            + " \"gossip.advertise.ignored-interfaces\", \"gossip.advertise.family\").";
    return new FailureAnalysis(description, action, cause);
  }
}
