package io.gossip.spring.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property is too large to be announced, its size and the limit. */
final class MetadataTooLargeFailureAnalyzer
    extends AbstractFailureAnalyzer<MetadataTooLargeException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, MetadataTooLargeException cause) {
    String description =
        "The "
            + cause.what()
            + " of \""
            + cause.property()
            + "\" has "
            + cause.size()
            + " "
            + cause.unit()
            + "; a member may announce at most "
            + cause.limit()
            + ".";
    return new FailureAnalysis(
        description,
        "Announce less: every member keeps what every other announces. Put large values where callers"
            + " can fetch them, and announce the address.",
        cause);
  }
}
