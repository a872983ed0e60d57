package io.gossip.swim;

import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Signature;
import io.gossip.wire.Update;
import io.gossip.wire.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a member's state as of one version. Immutable. */
final class StateCopy {
  static final StateCopy EMPTY = new StateCopy(List.of(), 0, null);

  private final List<Update.Entry> entries;
  private final long purged;
  private final @Nullable Signature signature;
  private @Nullable Map<String, String> live;

  /**
   * Makes one.
   *
   * @param entries one of each key, deletions included, in the order of their versions
   * @param purged deletions up to this version may be missing among the entries
   * @param signature the owner's; {@code null} if there is none
   */
  private StateCopy(List<Update.Entry> entries, long purged, @Nullable Signature signature) {
    this.entries = entries;
    this.purged = purged;
    this.signature = signature;
  }

  /** One that is not signed. */
  StateCopy(List<Update.Entry> entries, long purged) {
    this(entries, purged, null);
  }

  /** The same with this signature. */
  StateCopy signed(@Nullable Signature newSignature) {
    StateCopy copy = new StateCopy(entries, purged, newSignature);
    copy.live = live;
    return copy;
  }

  /** The owner's signature of it; {@code null} if there is none. */
  @Nullable Signature signature() {
    return signature;
  }

  List<Update.Entry> entries() {
    return entries;
  }

  long purged() {
    return purged;
  }

  /** Version of the newest entry; 0 for none. Always above {@code purged}, or both are 0. */
  long version() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).version();
  }

  /** What is set, ordered by key; the same object always. */
  Map<String, String> live() {
    Map<String, String> known = live;
    if (known == null) {
      Map<String, String> sorted = new TreeMap<>();
      for (Update.Entry entry : entries) {
        if (entry.value() != null) {
          sorted.put(entry.key(), entry.value());
        }
      }
      known = sorted.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(sorted);
      live = known;
    }
    return known;
  }

  /** The same, showing what the other shows as the same object if it is equal. */
  StateCopy showingAs(StateCopy other) {
    if (live().equals(other.live())) {
      live = other.live();
    }
    return this;
  }

  /** The keys whose deletion is not purged. */
  Set<String> deletions() {
    Set<String> deletions = new LinkedHashSet<>();
    for (Update.Entry entry : entries) {
      if (entry.value() == null) {
        deletions.add(entry.key());
      }
    }
    return deletions;
  }

  /** With newer entries in the place of those with their keys. */
  StateCopy with(List<Update.Entry> newer) {
    Set<String> superseded = new LinkedHashSet<>();
    for (Update.Entry entry : newer) {
      superseded.add(entry.key());
    }
    List<Update.Entry> result = new ArrayList<>(entries.size() + newer.size());
    for (Update.Entry entry : entries) {
      if (!superseded.contains(entry.key())) {
        result.add(entry);
      }
    }
    result.addAll(newer);
    return new StateCopy(Collections.unmodifiableList(result), purged);
  }

  /** Without the deletions up to a version, which must be below that of the copy. */
  StateCopy purgedTo(long version) {
    if (version <= purged) {
      return this;
    }
    List<Update.Entry> result = new ArrayList<>(entries.size());
    for (Update.Entry entry : entries) {
      if (entry.value() != null || entry.version() > version) {
        result.add(entry);
      }
    }
    return new StateCopy(Collections.unmodifiableList(result), version, signature);
  }

  /** The oldest deletion that may be purged: any but the newest entry, which shows the version. */
  Update.@Nullable Entry oldestDeletion() {
    for (int i = 0; i < entries.size() - 1; i++) {
      if (entries.get(i).value() == null) {
        return entries.get(i);
      }
    }
    return null;
  }

  /**
   * The run of entries above a version, as many as fit into an update of {@code maxBytes}; {@code
   * null} if there is none or not even one fits. A signature comes on top of that.
   *
   * @param target see {@link Update.State}
   */
  Update.@Nullable State run(long handle, long from, long target, int maxBytes) {
    int start = 0;
    while (start < entries.size() && entries.get(start).version() <= from) {
      start++;
    }
    RunSize size = new RunSize(maxBytes);
    int end = start;
    while (end < entries.size() && size.add(entries.get(end))) {
      end++;
    }
    if (start == end) {
      return null;
    }
    long to = entries.get(end - 1).version();
    return new Update.State(
        handle,
        from,
        to,
        target,
        purged,
        entries.subList(start, end),
        to == version() ? signature : null);
  }

  /**
   * The newest entries, as many as fit into an update of {@code maxBytes}; {@code null} if there is
   * none or not even one fits. A run of everything is given as a reset where that helps a receiver
   * that has missed purged deletions.
   */
  Update.@Nullable State newest(long handle, int maxBytes) {
    RunSize size = new RunSize(maxBytes);
    int start = entries.size();
    while (start > 0 && size.add(entries.get(start - 1))) {
      start--;
    }
    if (start == entries.size()) {
      return null;
    }
    long from = start == 0 ? 0 : entries.get(start - 1).version();
    long target = start == 0 && purged > 0 ? version() : 0;
    return new Update.State(
        handle, from, version(), target, purged, entries.subList(start, entries.size()), signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StateCopy copy
        && purged == copy.purged
        && entries.equals(copy.entries)
        && Objects.equals(signature, copy.signature);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * version() + purged) + entries.hashCode();
  }

  /** What an update of state may still take. */
  private static final class RunSize {
    private int bytes;
    private int textBytes = Limits.STATE_BYTES;
    private int count = Limits.STATE_KEYS;

    RunSize(int maxBytes) {
      bytes = maxBytes - PacketWriter.STATE_OVERHEAD;
    }

    boolean add(Update.Entry entry) {
      String value = entry.value();
      int text = Utf8.length(entry.key()) + (value == null ? 0 : Utf8.length(value));
      bytes -= PacketWriter.sizeOf(entry);
      textBytes -= text;
      count--;
      return bytes >= 0 && textBytes >= 0 && count >= 0;
    }
  }
}
