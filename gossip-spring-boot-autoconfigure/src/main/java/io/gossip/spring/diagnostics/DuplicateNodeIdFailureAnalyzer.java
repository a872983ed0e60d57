package io.gossip.spring.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that two processes bear one name. */
final class DuplicateNodeIdFailureAnalyzer
    extends AbstractFailureAnalyzer<DuplicateNodeIdException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DuplicateNodeIdException cause) {
    String description =
        "Another live process of cluster \""
            + cause.cluster()
            + "\" bears the node id \""
            + cause.nodeId()
            + "\".";
    String action =
        "Give each process its own \"gossip.node-id\", or leave it unset: then each start makes a new"
            + " one.";
    return new FailureAnalysis(description, action, cause);
  }
}
