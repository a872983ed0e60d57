package io.gossip.spring.diagnostics;

import io.gossip.swim.SwimReport.SeedReport;
import java.time.Duration;
import java.util.List;

/** Start-up was to fail unless the cluster was found in time. The node has been stopped again. */
public final class SeedsUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<SeedReport> seeds;
  private final Duration waited;
  private final int members;
  private final int minMembers;
  private final transient List<String> refusals;

  /**
   * What was found within the time.
   *
   * @param refusals who refused whom and why, a sentence each; as far as that is known
   */
  public SeedsUnreachableException(
      List<SeedReport> seeds, Duration waited, int members, int minMembers, List<String> refusals) {
    super("found " + members + " members in " + waited.toMillis() + " ms, wanted " + minMembers);
    this.seeds = List.copyOf(seeds);
    this.waited = waited;
    this.members = members;
    this.minMembers = minMembers;
    this.refusals = List.copyOf(refusals);
  }

  /** What is known of each seed. */
  public List<SeedReport> seeds() {
    return seeds;
  }

  /** How long start-up waited. */
  public Duration waited() {
    return waited;
  }

  /** Members found, this one included. */
  public int members() {
    return members;
  }

  /** Members wanted, this one included. */
  public int minMembers() {
    return minMembers;
  }

  /** Who refused whom and why, a sentence each; as far as that is known. */
  public List<String> refusals() {
    return refusals;
  }
}
