package io.gossip.spring.damping;

import io.gossip.membership.NodeId;
import java.util.Map;

/**
 * The members that are put last at one moment. Immutable; the same object as long as they are the
 * same.
 *
 * @param until when the last flap of each will have been forgiven, in nanoseconds of the clock that
 *     the scores were given
 * @param firstEnd the earliest of these
 */
public record Damped(Map<NodeId, Long> until, long firstEnd) {

  /** Nobody is. */
  public static final Damped NOBODY = new Damped(Map.of(), 0);

  static Damped of(Map<NodeId, Long> until) {
    return until.isEmpty()
        ? NOBODY
        : new Damped(Map.copyOf(until), until.values().stream().min(Long::compare).orElseThrow());
  }

  public boolean contains(NodeId id) {
    return until.containsKey(id);
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
