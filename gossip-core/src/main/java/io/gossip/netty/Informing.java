package io.gossip.netty;

import io.gossip.membership.Membership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** News of this node on its way to the others: begun at most once, ended at most once. */
public final class Informing {

  /**
   * How it went.
   *
   * @param members other active members when it began
   * @param informed how many of them confirmed
   */
  public record Result(int members, int informed, Duration took) {}

  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private boolean begun;
  private long begunAt;
  private int members;

  Informing() {}

  CompletableFuture<Result> result() {
    return result;
  }

  /** Whether this began it. */
  boolean begin(long now, Membership view) {
    if (begun) {
      return false;
    }
    begun = true;
    begunAt = now;
    members = Math.max(0, view.members().size() - 1);
    return true;
  }

  void end(long now, int informed) {
    if (!result.isDone()) {
      long took = begun ? now - begunAt : 0;
      result.complete(
          new Result(members, Math.min(members, informed), Duration.ofNanos(Math.max(0, took))));
    }
  }
}
