package io.gossip.swim;

import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One member's key-value state: its own, or another's as far as it is known here.
 *
 * <p>Only the owner writes, and each change has the owner's next version; so whoever holds version
 * v holds all changes up to v, and everything above is what it lacks (van Renesse et al.,
 * "Efficient Reconciliation and Flow Control for Anti-Entropy Protocols", 2008). A deletion is an
 * entry too, until it is purged; who may have missed a purged deletion gets everything afresh.
 */
final class VersionedState {

  /** What became of a delta. */
  enum Applied {
    /** It brought nothing: known already, older than what is built up, or impossible. */
    OLD,
    /** The visible state has changed. */
    CHANGED,
    /** The version has risen; the visible state is the same. */
    ADVANCED,
    /** Something before it is missing; nothing has changed. */
    GAP,
    /** It is part of a reset that is not complete; nothing visible has changed. */
    PARTIAL
  }

  /** The state of a member of which none is known; never written to. */
  static final VersionedState NONE = new VersionedState();

  /** When each deleted key was deleted; for the owner only. */
  private final @Nullable Map<String, Long> deletedAt;

  private StateCopy copy = StateCopy.EMPTY;

  /** The copy that will take the place of {@code copy} once it reaches {@code resetTarget}. */
  private StateCopy reset = StateCopy.EMPTY;

  /** 0 while no reset is under way. */
  private long resetTarget;

  /** An empty replica of another member's state. */
  VersionedState() {
    this(null);
  }

  private VersionedState(@Nullable Map<String, Long> deletedAt) {
    this.deletedAt = deletedAt;
  }

  /**
   * This member's own state, to begin with these entries.
   *
   * @throws IllegalArgumentException if they exceed a limit; names it
   */
  static VersionedState own(Map<String, String> initial) {
    VersionedState state = new VersionedState(new LinkedHashMap<>());
    state.write(0, initial);
    return state;
  }

  /**
   * Checks a whole state against the limits.
   *
   * @throws IllegalArgumentException naming the key, its size and the limit
   */
  static void check(Map<String, String> state) {
    StateLimits.check(state);
  }

  // Queries

  /** Version of the newest entry; 0 for none. */
  long version() {
    return copy.version();
  }

  /** What is set, ordered by key; unmodifiable, and the same object until it changes. */
  Map<String, String> view() {
    return copy.live();
  }

  /** Holds the same as before in an object that others may hold as well. */
  void share(Sharing sharing) {
    copy = sharing.shared(copy);
  }

  /**
   * What to tell a peer that holds a version: the next run of entries above it that fits, or the
   * first of a reset if the peer may have missed purged deletions; {@code null} if nothing is above
   * or not even one entry fits.
   */
  Update.@Nullable State above(long handle, long held, int maxBytes) {
    long start = Math.max(0, held); // -1 says that not even the member is known
    return start < copy.purged()
        ? copy.run(handle, 0, version(), maxBytes)
        : copy.run(handle, start, 0, maxBytes);
  }

  /**
   * The successive runs that bring a peer from a version to the newest.
   *
   * @throws IllegalArgumentException if an entry alone exceeds {@code maxBytesEach}
   */
  List<Update.State> all(long handle, long held, int maxBytesEach) {
    List<Update.State> runs = new ArrayList<>();
    Update.State run = above(handle, held, maxBytesEach);
    long reached = Math.max(0, held);
    while (run != null) {
      runs.add(run);
      reached = run.to();
      run = copy.run(handle, reached, run.target(), maxBytesEach);
    }
    if (reached < version()) {
      throw new IllegalArgumentException(
          "an entry above version " + reached + " does not fit into " + maxBytesEach + " bytes");
    }
    return runs;
  }

  /**
   * The newest entries, as many as fit, so that a peer that has missed a few can still apply them;
   * {@code null} if there is none or not even one fits.
   */
  Update.@Nullable State latest(long handle, int maxBytes) {
    return copy.newest(handle, maxBytes);
  }

  // The owner's side

  /**
   * Writes; each change has a version of its own. Deletions come first, so that never the room for
   * a deletion keeps a value out.
   *
   * @param changes new value by key; {@code null} deletes
   * @return whether anything has changed
   * @throws IllegalArgumentException naming key, size and limit; nothing has changed then
   */
  boolean write(long now, Map<String, ? extends @Nullable String> changes) {
    Map<String, Long> deletions = deletions();
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
        deletions.put(entry.key(), now);
      }
    }
    commit(makeRoom(written));
    return true;
  }

  /** Forgets deletions older than the grace; the newest entry stays even if it is one. */
  void purge(long now, long graceNanos) {
    Map<String, Long> deletions = deletions();
    Update.Entry oldest = copy.oldestDeletion();
    while (oldest != null && now - deletions.getOrDefault(oldest.key(), now) >= graceNanos) {
      commit(copy.purgedTo(oldest.version()));
      oldest = copy.oldestDeletion();
    }
  }

  private void addChanges(
      Map<String, @Nullable String> changes, boolean deletions, List<Update.Entry> newer) {
    changes.forEach(
        (key, value) -> {
          String current = view().get(key);
          boolean differs = value == null ? current != null : !value.equals(current);
          if (differs && deletions == (value == null)) {
            newer.add(new Update.Entry(key, version() + newer.size() + 1, value));
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

  private Map<String, Long> deletions() {
    if (deletedAt == null) {
      throw new IllegalStateException("only its owner writes a state");
    }
    return deletedAt;
  }

  // The replica's side

  /** Takes in what another member tells of it. Whatever is in the delta, it does not throw. */
  Applied apply(Update.State delta) {
    if (deletedAt != null) {
      throw new IllegalStateException("nobody but its owner changes a state");
    }
    if (!StateLimits.isPossible(delta) || delta.to() <= version()) {
      return Applied.OLD;
    }
    boolean missedNothing = version() >= delta.purged() && version() > 0;
    boolean fromScratch = version() == 0 && delta.target() == 0;
    if (missedNothing || fromScratch) {
      return extend(delta);
    }
    return delta.target() == 0 ? Applied.GAP : rebuild(delta);
  }

  private Applied extend(Update.State delta) {
    if (delta.from() > version()) {
      return Applied.GAP;
    }
    StateCopy extended = extended(copy, delta);
    return StateLimits.fitReplica(extended.entries()) ? show(extended) : Applied.OLD;
  }

  /** Builds up a reset. Those of one target show the same state, whoever they come from. */
  private Applied rebuild(Update.State delta) {
    StateCopy base = delta.target() == resetTarget ? reset : StateCopy.EMPTY;
    if (delta.from() > base.version()) {
      return Applied.GAP;
    }
    boolean completes = delta.to() == delta.target();
    if (delta.to() <= base.version() || (delta.target() < resetTarget && !completes)) {
      return Applied.OLD;
    }
    StateCopy extended = extended(base, delta);
    if (!StateLimits.fitReplica(extended.entries())) {
      return Applied.OLD;
    }
    if (completes) {
      return show(extended);
    }
    reset = extended;
    resetTarget = delta.target();
    return Applied.PARTIAL;
  }

  private static StateCopy extended(StateCopy base, Update.State delta) {
    List<Update.Entry> newer = new ArrayList<>(delta.entries().size());
    for (Update.Entry entry : delta.entries()) {
      if (entry.version() > base.version()) {
        newer.add(entry);
      }
    }
    return base.with(newer).purgedTo(delta.purged());
  }

  private Applied show(StateCopy newer) {
    if (newer.version() >= resetTarget) {
      reset = StateCopy.EMPTY;
      resetTarget = 0;
    }
    Map<String, String> before = view();
    commit(newer);
    return before.equals(view()) ? Applied.ADVANCED : Applied.CHANGED;
  }

  private void commit(StateCopy newer) {
    assert newer.entries().isEmpty() || newer.version() > newer.purged() : newer;
    copy = newer.showingAs(copy);
    if (deletedAt != null) {
      deletedAt.keySet().retainAll(newer.deletions());
    }
  }
}
