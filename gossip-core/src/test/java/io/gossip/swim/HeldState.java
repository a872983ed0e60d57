package io.gossip.swim;

import io.gossip.wire.Update;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state at somebody's: at its owner, who writes, or at another, who takes in what is told. */
final class HeldState {
  private final @Nullable StateWriter writer;
  private VersionedState state;

  /** A replica of which nothing is known. */
  HeldState() {
    writer = null;
    state = VersionedState.NONE;
  }

  private HeldState(StateWriter writer) {
    this.writer = writer;
    state = writer.state();
  }

  static HeldState own(Map<String, String> initial) {
    return new HeldState(new StateWriter(initial));
  }

  boolean write(long now, Map<String, ? extends @Nullable String> changes) {
    boolean changed = writer().write(now, changes);
    state = writer().state();
    return changed;
  }

  void purge(long now, long grace) {
    writer().purge(now, grace);
    state = writer().state();
  }

  VersionedState.Applied apply(Update.State delta) {
    VersionedState.Outcome outcome = state.with(delta, null);
    state = outcome.state();
    return outcome.applied();
  }

  long version() {
    return state.version();
  }

  Map<String, String> view() {
    return state.view();
  }

  Update.@Nullable State above(long handle, long held, int maxBytes) {
    return state.above(handle, held, maxBytes);
  }

  List<Update.State> all(long handle, long held, int maxBytesEach) {
    return state.all(handle, held, maxBytesEach);
  }

  Update.@Nullable State latest(long handle, int maxBytes) {
    return state.latest(handle, maxBytes);
  }

  private StateWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("a replica is not written to");
    }
    return writer;
  }
}
