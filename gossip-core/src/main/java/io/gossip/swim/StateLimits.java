package io.gossip.swim;

import io.gossip.wire.Limits;
import io.gossip.wire.Update;
import io.gossip.wire.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member's state may be: the rules of {@link Limits}, for its owner and for replicas. */
final class StateLimits {
  /**
   * How far a replica may exceed the limits. Between two deltas it holds old entries together with
   * new ones whose room at the owner came from a deletion that it has yet to hear of.
   */
  private static final int REPLICA_SLACK = 2;

  private StateLimits() {}

  /**
   * Checks a whole state.
   *
   * @throws IllegalArgumentException naming the key, its size and the limit
   */
  static void check(Map<String, String> state) {
    List<Update.Entry> entries = new ArrayList<>(state.size());
    state.forEach(
        (key, value) -> {
          check(key, value);
          entries.add(new Update.Entry(key, 0, value));
        });
    if (entries.size() > Limits.STATE_KEYS) {
      throw new IllegalArgumentException(
          "state has " + entries.size() + " keys; the limit is " + Limits.STATE_KEYS);
    }
    int bytes = bytes(entries);
    if (bytes > Limits.STATE_BYTES) {
      throw new IllegalArgumentException(
          "state has " + bytes + " bytes in all; the limit is " + Limits.STATE_BYTES);
    }
  }

  /**
   * Checks one key and its value.
   *
   * @param value {@code null} for a deletion
   * @throws IllegalArgumentException naming the key, its size and the limit
   */
  static void check(String key, @Nullable String value) {
    int control = indexOfControl(key);
    if (key.isEmpty() || control >= 0) {
      throw new IllegalArgumentException(
          key.isEmpty()
              ? "state key must not be empty"
              : "state key '" + printable(key) + "' has a control character at index " + control);
    }
    check("state key '" + key + "'", key, Limits.KEY_BYTES);
    if (value != null) {
      check("value of state key '" + key + "'", value, Limits.VALUE_BYTES);
    }
  }

  /** Whether the owner may hold these entries, deletions included. */
  static boolean fitOwner(List<Update.Entry> entries) {
    return fit(entries, 1);
  }

  /** Whether a replica may hold these entries, deletions included. */
  static boolean fitReplica(List<Update.Entry> entries) {
    return fit(entries, REPLICA_SLACK);
  }

  /** Whether a delta agrees with itself, whatever it is applied to. */
  static boolean isPossible(Update.State delta) {
    long end = Math.max(delta.to(), delta.target());
    if (delta.from() < 0
        || delta.to() <= delta.from()
        || (delta.target() != 0 && delta.target() < delta.to())
        || delta.purged() < 0
        || delta.purged() >= end
        || end > Limits.MAX_STATE_VERSION
        || delta.entries().isEmpty()
        || delta.entries().size() > Limits.STATE_KEYS) {
      return false;
    }
    Set<String> keys = new LinkedHashSet<>();
    long version = delta.from();
    for (Update.Entry entry : delta.entries()) {
      if (entry.version() <= version || !isPossible(entry) || !keys.add(entry.key())) {
        return false;
      }
      version = entry.version();
    }
    return version == delta.to() && fitOwner(delta.entries());
  }

  private static boolean isPossible(Update.Entry entry) {
    String value = entry.value();
    return !entry.key().isEmpty()
        && indexOfControl(entry.key()) < 0
        && isPossible(entry.key(), Limits.KEY_BYTES)
        && (value == null || isPossible(value, Limits.VALUE_BYTES));
  }

  private static boolean isPossible(String text, int limit) {
    int bytes = Utf8.length(text);
    return bytes >= 0 && bytes <= limit;
  }

  private static boolean fit(List<Update.Entry> entries, int slack) {
    return entries.size() <= slack * Limits.STATE_KEYS
        && bytes(entries) <= slack * Limits.STATE_BYTES;
  }

  private static int bytes(List<Update.Entry> entries) {
    int bytes = 0;
    for (Update.Entry entry : entries) {
      String value = entry.value();
      bytes += Utf8.length(entry.key()) + (value == null ? 0 : Utf8.length(value));
    }
    return bytes;
  }

  private static void check(String what, String text, int limit) {
    int bytes = Utf8.length(text);
    if (bytes > limit) {
      throw new IllegalArgumentException(what + " has " + bytes + " bytes; the limit is " + limit);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException(what + " has half a surrogate pair");
    }
  }

  private static int indexOfControl(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (Character.isISOControl(key.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String printable(String key) {
    StringBuilder text = new StringBuilder(key);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, '?');
      }
    }
    return text.toString();
  }
}
