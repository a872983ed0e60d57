package io.gossip.spring.diagnostics;

import io.gossip.swim.SwimReport.SeedReport;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says for each seed why it was of no help. */
final class SeedsUnreachableFailureAnalyzer
    extends AbstractFailureAnalyzer<SeedsUnreachableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SeedsUnreachableException cause) {
    StringBuilder description = new StringBuilder();
    description
        .append("\"gossip.join.fail-fast\" is set, and ")
        .append(cause.waited().toMillis())
        .append(" ms after its start the node knows ")
        .append(cause.members() - 1)
        .append(" other members (\"gossip.join.min-members\" is ")
        .append(cause.minMembers())
        .append(", this one included).");
    for (SeedReport seed : cause.seeds()) {
      description.append(System.lineSeparator()).append("  - ").append(sentence(seed));
    }
    for (String refusal : cause.refusals()) {
      description.append(System.lineSeparator()).append("  - ").append(refusal);
    }
    String action =
        "Check \"gossip.seeds\": at least one must run, in the same \"gossip.cluster-name\", with the"
            + " same \"gossip.encryption.keys\" and certificates that both trust"
            + " (\"gossip.ssl.bundle\"), allow this address (\"gossip.security.allowed-networks\"),"
            + " and be reachable on UDP and TCP. Wait longer with"
            + " \"gossip.join.startup-timeout\", or start without others with \"gossip.join.fail-fast=false\": the node then goes on trying.";
    return new FailureAnalysis(description.toString(), action, cause);
  }

  private static String sentence(SeedReport seed) {
    String problem = seed.problem();
    if (problem == null) {
      problem = Boolean.TRUE.equals(seed.reachable()) ? "answered" : "has not answered yet";
    }
    String resolved = seed.resolved().isEmpty() ? "no address" : seed.resolved().toString();
    return seed.seed() + " (" + resolved + "): " + problem;
  }
}
