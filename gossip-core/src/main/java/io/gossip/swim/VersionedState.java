package io.gossip.swim;

import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One member's key-value state as of some moment: its own, or another's as far as it is known here.
 * Immutable, so that views can share it.
 *
 * <p>Only the owner writes ({@link StateWriter}), and each change has the owner's next version; so
 * whoever holds version v holds all changes up to v, and everything above is what it lacks (van
 * Renesse et al., "Efficient Reconciliation and Flow Control for Anti-Entropy Protocols", 2008). A
 * deletion is an entry too, until it is purged; who may have missed a purged deletion gets
 * everything afresh.
 *
 * @param copy what is known
 * @param resets those under way, the one that has grown last at the end
 */
record VersionedState(StateCopy copy, List<Reset> resets) {

  /** Resets of one member's state that are kept, from so many sources. */
  static final int MOST_RESETS = 4;

  /**
   * A copy that will take the place of the one that is known.
   *
   * @param from who tells it; {@code null} where that does not matter, as nothing can be checked
   * @param target the version in which it does
   */
  record Reset(Source.@Nullable Key from, StateCopy copy, long target) {}

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

  /** What became of a delta, and the state after it. */
  record Outcome(Applied applied, VersionedState state) {}

  /** The state of a member of which none is known. */
  static final VersionedState NONE = new VersionedState(StateCopy.EMPTY);

  /** Nothing but this is known. */
  VersionedState(StateCopy copy) {
    this(copy, List.of());
  }

  /** Version of the newest entry; 0 for none. */
  long version() {
    return copy.version();
  }

  /** What is set, ordered by key; unmodifiable, and the same object until it changes. */
  Map<String, String> view() {
    return copy.live();
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
   * The successive runs that bring a peer from a version to the newest. What is signed is checked
   * as a whole, so that it goes in one run or is told afresh. Where an entry alone exceeds {@code
   * maxBytesEach} the run has the size of a rumor, which every entry fits.
   */
  List<Update.State> all(long handle, long held, int maxBytesEach) {
    List<Update.State> runs = new ArrayList<>();
    long start = Math.max(0, held); // -1 says that not even the member is known
    Update.State run =
        start < copy.purged()
            ? run(handle, 0, version(), maxBytesEach)
            : run(handle, start, 0, maxBytesEach);
    if (copy.signature() != null && run != null && run.target() == 0 && run.to() < version()) {
      run = run(handle, 0, version(), maxBytesEach);
    }
    while (run != null) {
      runs.add(run);
      run = run(handle, run.to(), run.target(), maxBytesEach);
    }
    return runs;
  }

  private Update.@Nullable State run(long handle, long from, long target, int maxBytes) {
    Update.State run = copy.run(handle, from, target, maxBytes);
    return run != null || maxBytes >= Peer.STATE_RUMOR_BYTES
        ? run
        : copy.run(handle, from, target, Peer.STATE_RUMOR_BYTES);
  }

  /**
   * The newest entries, as many as fit, so that a peer that has missed a few can still apply them;
   * {@code null} if there is none or not even one fits.
   */
  Update.@Nullable State latest(long handle, int maxBytes) {
    return copy.newest(handle, maxBytes);
  }

  /**
   * Takes in what another member tells of it. Whatever is in the delta, it does not throw.
   *
   * @param from who tells it, where what is told can be checked only once it is whole: nobody can
   *     then spoil what another tells; {@code null} elsewhere
   */
  Outcome with(Update.State delta, Source.@Nullable Key from) {
    if (!StateLimits.isPossible(delta) || delta.to() <= version()) {
      return unchanged(Applied.OLD);
    }
    // What is signed is checked as a whole: it is built up beside the visible copy.
    boolean inParts = delta.target() > 0 && copy.signature() != null;
    boolean missedNothing = version() >= delta.purged() && version() > 0 && !inParts;
    boolean fromScratch = version() == 0 && delta.target() == 0;
    if (missedNothing || fromScratch) {
      return extend(delta);
    }
    return delta.target() == 0 ? unchanged(Applied.GAP) : rebuild(delta, from);
  }

  private Outcome extend(Update.State delta) {
    if (delta.from() > version()) {
      return unchanged(Applied.GAP);
    }
    StateCopy extended = extended(copy, delta);
    return StateLimits.fitReplica(extended.entries()) ? show(extended) : unchanged(Applied.OLD);
  }

  /** The same without what somebody has told in parts. */
  VersionedState without(Source.@Nullable Key from) {
    List<Reset> others = new ArrayList<>(resets);
    others.removeIf(reset -> Objects.equals(reset.from, from));
    return new VersionedState(copy, List.copyOf(others));
  }

  /**
   * Builds up a reset. Those of one target show the same state, whoever they come from; but if that
   * has to be checked, each comes from one source, and begins anew when it is told otherwise.
   */
  private Outcome rebuild(Update.State delta, Source.@Nullable Key from) {
    Reset underWay = resetOf(from);
    StateCopy base = underWay != null && goesOn(underWay, delta) ? underWay.copy : StateCopy.EMPTY;
    if (delta.from() > base.version()) {
      return unchanged(Applied.GAP);
    }
    boolean completes = delta.to() == delta.target();
    boolean outdated =
        from == null && underWay != null && delta.target() < underWay.target && !completes;
    if (delta.to() <= base.version() || outdated) {
      return unchanged(Applied.OLD);
    }
    StateCopy extended = extended(base, delta);
    if (!StateLimits.fitReplica(extended.entries())) {
      return unchanged(Applied.OLD);
    }
    return completes
        ? show(extended)
        : new Outcome(Applied.PARTIAL, with(new Reset(from, extended, delta.target())));
  }

  private static boolean goesOn(Reset underWay, Update.State delta) {
    return delta.target() == underWay.target
        && (underWay.from == null || delta.from() > 0 || agree(underWay.copy, delta));
  }

  private @Nullable Reset resetOf(Source.@Nullable Key from) {
    for (Reset reset : resets) {
      if (Objects.equals(reset.from, from)) {
        return reset;
      }
    }
    return null;
  }

  /** Whether one begins as the other, as far as both go. */
  private static boolean agree(StateCopy copy, Update.State delta) {
    int both = Math.min(copy.entries().size(), delta.entries().size());
    return copy.entries().subList(0, both).equals(delta.entries().subList(0, both));
  }

  private VersionedState with(Reset grown) {
    List<Reset> all = new ArrayList<>(without(grown.from).resets);
    if (all.size() == MOST_RESETS) {
      all.remove(0);
    }
    all.add(grown);
    return new VersionedState(copy, List.copyOf(all));
  }

  private static StateCopy extended(StateCopy base, Update.State delta) {
    List<Update.Entry> newer = new ArrayList<>(delta.entries().size());
    for (Update.Entry entry : delta.entries()) {
      if (entry.version() > base.version()) {
        newer.add(entry);
      }
    }
    return base.with(newer).purgedTo(delta.purged()).signed(delta.signature());
  }

  /** A reset that is under way to a newer version goes on. */
  private Outcome show(StateCopy newer) {
    assert newer.entries().isEmpty() || newer.version() > newer.purged() : newer;
    StateCopy shown = newer.showingAs(copy);
    Applied applied = shown.live() == view() ? Applied.ADVANCED : Applied.CHANGED;
    List<Reset> newerStill = new ArrayList<>(resets);
    newerStill.removeIf(reset -> reset.target <= newer.version());
    return new Outcome(applied, new VersionedState(shown, List.copyOf(newerStill)));
  }

  private Outcome unchanged(Applied applied) {
    return new Outcome(applied, this);
  }
}
