package io.gossip.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of state entries must be like. It always ends at its last entry: the newest entry of a
 * state is told even if it is a deletion, as it alone shows the version.
 */
final class StateRules {

  private StateRules() {}

  /** The first rule that the message breaks, in words, or {@code null}. */
  static @Nullable String violation(Update.State state) {
    String problem = bounds(state);
    return problem == null ? entries(state) : problem;
  }

  private static @Nullable String bounds(Update.State state) {
    if (state.handle() == 0) {
      return "the state of nobody";
    }
    if (state.from() < 0 || state.from() >= state.to() || state.to() > Limits.MAX_STATE_VERSION) {
      return "state versions out of range";
    }
    boolean reset = state.target() != 0;
    if (reset && (state.target() < state.to() || state.target() > Limits.MAX_STATE_VERSION)) {
      return "a reset that ends beyond its target";
    }
    long end = reset ? state.target() : state.to();
    if (state.hops() < 0 || state.hops() > Update.State.MAX_HOPS) {
      return "hops out of range";
    }
    return state.purged() < 0 || state.purged() >= end
        ? "deletions purged that are not made"
        : null;
  }

  private static @Nullable String entries(Update.State state) {
    List<Update.Entry> entries = state.entries();
    if (entries.size() > Limits.STATE_KEYS) {
      return "more than " + Limits.STATE_KEYS + " entries";
    }
    long version = state.from();
    int bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      Update.Entry entry = entries.get(i);
      String problem = entry(entry);
      if (problem != null) {
        return problem;
      }
      if (entry.version() <= version || entry.version() > state.to()) {
        return "entries out of order";
      }
      if (isRepeated(entry.key(), entries, i)) {
        return "one key twice";
      }
      version = entry.version();
      bytes += Utf8.length(entry.key()) + (entry.value() == null ? 0 : Utf8.length(entry.value()));
    }
    if (bytes > Limits.STATE_BYTES) {
      return "more than " + Limits.STATE_BYTES + " bytes of state";
    }
    return version == state.to() ? null : "a run that does not end at its last entry";
  }

  private static @Nullable String entry(Update.Entry entry) {
    if (entry.key().isEmpty()) {
      return "an empty key";
    }
    String problem = MessageRules.text(entry.key(), Limits.KEY_BYTES);
    if (problem != null || entry.value() == null) {
      return problem;
    }
    int length = Utf8.length(entry.value());
    if (length < 0) {
      return "a value with half a surrogate pair";
    }
    return length > Limits.VALUE_BYTES
        ? "a value of more than " + Limits.VALUE_BYTES + " bytes"
        : null;
  }

  /** Quadratic, but of 64 entries at most, and it allocates nothing. */
  private static boolean isRepeated(String key, List<Update.Entry> entries, int before) {
    for (int i = 0; i < before; i++) {
      if (entries.get(i).key().equals(key)) {
        return true;
      }
    }
    return false;
  }
}
