package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.wire.Signature;
import io.gossip.wire.Update;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ends of members that are no longer kept, so that old news does not bring them back. Bounded:
 * the oldest goes first.
 */
final class Tombstones {

  /**
   * One end.
   *
   * @param id whose it is; {@code null} if only the handle was ever heard
   * @param generation of the life that ended; 0 if not known
   * @param incarnation it ended in; unsigned
   * @param status DEAD or LEFT
   * @param time when it was noted here
   * @param signature its own of having left; {@code null} if there is none
   */
  record Tombstone(
      long handle,
      @Nullable NodeId id,
      long generation,
      int incarnation,
      MemberStatus status,
      long time,
      @Nullable Signature signature) {

    /** One without a signature. */
    Tombstone(
        long handle,
        @Nullable NodeId id,
        long generation,
        int incarnation,
        MemberStatus status,
        long time) {
      this(handle, id, generation, incarnation, status, time, null);
    }

    /** That the member has left as news; it must have. */
    Update.Left left() {
      return new Update.Left(handle, incarnation, signature);
    }
  }

  private final int capacity;
  private final SwimStats stats;
  private final Map<Long, Tombstone> byHandle = new LinkedHashMap<>();
  private final Map<NodeId, Tombstone> newestById = new TreeMap<>();

  Tombstones(int capacity, SwimStats stats) {
    this.capacity = capacity;
    this.stats = stats;
  }

  void add(Tombstone tombstone) {
    remove(tombstone.handle);
    if (byHandle.size() >= capacity) {
      remove(byHandle.keySet().iterator().next());
      stats.add(SwimStats.Counter.TOMBSTONES_DROPPED);
    }
    byHandle.put(tombstone.handle, tombstone);
    NodeId id = tombstone.id;
    if (id != null) {
      Tombstone newest = newestById.get(id);
      if (newest == null || newest.generation <= tombstone.generation) {
        newestById.put(id, tombstone);
      }
    }
  }

  @Nullable Tombstone find(long handle) {
    return byHandle.get(handle);
  }

  /** The highest generation of this name that is known to have ended; 0 for none. */
  long endedGeneration(NodeId id) {
    Tombstone newest = newestById.get(id);
    return newest == null ? 0 : newest.generation;
  }

  void remove(long handle) {
    Tombstone removed = byHandle.remove(handle);
    if (removed != null && removed.id != null && removed.equals(newestById.get(removed.id))) {
      newestById.remove(removed.id);
    }
  }

  /** Forgets what was noted before {@code time}. */
  void removeBefore(long time) {
    Iterator<Tombstone> oldestFirst = byHandle.values().iterator();
    while (oldestFirst.hasNext()) {
      Tombstone tombstone = oldestFirst.next();
      if (tombstone.time >= time) {
        return;
      }
      oldestFirst.remove();
      if (tombstone.id != null && tombstone.equals(newestById.get(tombstone.id))) {
        newestById.remove(tombstone.id);
      }
    }
  }

  int size() {
    return byHandle.size();
  }
}
