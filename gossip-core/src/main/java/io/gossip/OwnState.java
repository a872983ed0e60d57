package io.gossip;

import io.gossip.netty.Shell;
import io.gossip.swim.Swim;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node's own state as last set: kept across runs, and told to the one that is on. */
final class OwnState {

  private Map<String, String> current;
  private @Nullable Shell running;

  OwnState(Map<String, String> initial) {
    current = checked(new TreeMap<>(initial));
  }

  /** Unmodifiable, ordered by key. */
  synchronized Map<String, String> current() {
    return current;
  }

  /** Sets and removes; all of it or, where a limit would be exceeded, nothing. */
  synchronized void change(Map<String, @Nullable String> changes) {
    Map<String, @Nullable String> copy = Collections.unmodifiableMap(new TreeMap<>(changes));
    Map<String, String> next = new TreeMap<>(current);
    copy.forEach(
        (key, value) -> {
          if (value == null) {
            next.remove(key);
          } else {
            next.put(key, value);
          }
        });
    current = checked(next);
    if (running != null) {
      running.update(copy);
    }
  }

  /** A run is on that was started with {@code initial}: it is told what changed in the meantime. */
  synchronized void attach(Shell started, Map<String, String> initial) {
    running = started;
    if (current == initial) {
      return;
    }
    Map<String, @Nullable String> changes = new TreeMap<>(current);
    for (String key : initial.keySet()) {
      if (!current.containsKey(key)) {
        changes.put(key, null);
      }
    }
    started.update(changes);
  }

  /** No run is on. */
  synchronized void detach() {
    running = null;
  }

  private static Map<String, String> checked(Map<String, String> ordered) {
    Swim.checkState(ordered);
    return Collections.unmodifiableMap(ordered);
  }
}
