package io.gossip.spring.quarantine;

import io.gossip.membership.Identity;
import java.util.Map;

/**
 * The members that are in quarantine at one moment. Immutable; the same object as long as they are
 * the same.
 *
 * @param until when each may be tried again, in nanoseconds of the clock that the quarantine was
 *     given
 * @param firstEnd the earliest of these
 */
public record Quarantined(Map<Identity, Long> until, long firstEnd) {

  /** Nobody is. */
  public static final Quarantined NOBODY = new Quarantined(Map.of(), 0);

  static Quarantined of(Map<Identity, Long> until, long now) {
    if (until.isEmpty()) {
      return NOBODY;
    }
    long rest = until.values().stream().mapToLong(end -> end - now).min().orElseThrow();
    return new Quarantined(Map.copyOf(until), now + rest);
  }

  public boolean contains(Identity member) {
    return until.containsKey(member);
  }

  public boolean isEmpty() {
    return until.isEmpty();
  }

  public int size() {
    return until.size();
  }

  boolean isOver(long now) {
    return !until.isEmpty() && firstEnd - now <= 0;
  }
}
