package io.gossip.swim;

import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The owner's hand on its own state: it alone writes, and purges deletions in time. */
final class StateWriter {

  /** When each deleted key was deleted. */
  private final Map<String, Long> deletedAt = new LinkedHashMap<>();

  private StateCopy copy = StateCopy.EMPTY;

  /**
   * Begins with these entries.
   *
   * @throws IllegalArgumentException if they exceed a limit; names it
   */
  StateWriter(Map<String, String> initial) {
    write(0, initial);
  }

  /** The state as of now. */
  VersionedState state() {
    return new VersionedState(copy);
  }

  /**
   * Writes; each change has a version of its own. Deletions come first, so that never the room for
   * a deletion keeps a value out.
   *
   * @param changes new value by key; {@code null} deletes
   * @return whether anything has changed
   * @throws IllegalArgumentException naming key, size and limit; nothing has changed then
   */
  boolean write(long now, Map<String, ? extends @Nullable String> changes) {
    List<Update.Entry> newer = new ArrayList<>();
    TreeMap<String, @Nullable String> sorted = new TreeMap<>(changes);
    sorted.forEach(StateLimits::check);
    addChanges(sorted, true, newer);
    addChanges(sorted, false, newer);
    if (newer.isEmpty()) {
      return false;
    }
    StateCopy written = copy.with(newer);
    Map<String, String> live = written.live();
    StateLimits.check(live);
    for (Update.Entry entry : newer) {
      if (entry.value() == null) {
        deletedAt.put(entry.key(), now);
      }
    }
    commit(makeRoom(written));
    return true;
  }

  /**
   * Forgets deletions older than the grace; the newest entry stays even if it is one.
   *
   * @return whether there were any
   */
  boolean purge(long now, long graceNanos) {
    boolean purged = false;
    Update.Entry oldest = copy.oldestDeletion();
    while (oldest != null && now - deletedAt.getOrDefault(oldest.key(), now) >= graceNanos) {
      commit(copy.purgedTo(oldest.version()));
      oldest = copy.oldestDeletion();
      purged = true;
    }
    return purged;
  }

  private void addChanges(
      Map<String, @Nullable String> changes, boolean deletions, List<Update.Entry> newer) {
    changes.forEach(
        (key, value) -> {
          String current = copy.live().get(key);
          boolean differs = value == null ? current != null : !value.equals(current);
          if (differs && deletions == (value == null)) {
            newer.add(new Update.Entry(key, copy.version() + newer.size() + 1, value));
          }
        });
  }

  /** Purges deletions before their grace where they would keep values out. */
  private static StateCopy makeRoom(StateCopy written) {
    StateCopy roomy = written;
    Update.Entry oldest = roomy.oldestDeletion();
    while (oldest != null && !StateLimits.fitOwner(roomy.entries())) {
      roomy = roomy.purgedTo(oldest.version());
      oldest = roomy.oldestDeletion();
    }
    return roomy;
  }

  private void commit(StateCopy newer) {
    assert newer.entries().isEmpty() || newer.version() > newer.purged() : newer;
    copy = newer.showingAs(copy);
    deletedAt.keySet().retainAll(newer.deletions());
  }
}
