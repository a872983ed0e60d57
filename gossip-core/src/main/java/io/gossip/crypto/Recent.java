package io.gossip.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table of the entries used last, so many and no more. Unlike in a {@code LinkedHashMap} in the
 * order of access, looking is not using: a packet whose tag nobody has checked must not change what
 * is forgotten next.
 */
final class Recent<K, V> {

  private static class Link {
    Link older = this;
    Link newer = this;

    void insertBefore(Link other) {
      older = other.older;
      newer = other;
      older.newer = this;
      newer.older = this;
    }

    void unlink() {
      older.newer = newer;
      newer.older = older;
    }
  }

  private static final class Entry<K, V> extends Link {
    final K key;
    V value;

    Entry(K key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  private final int limit;
  private final Map<K, Entry<K, V>> entries = new LinkedHashMap<>();

  /** Its newer neighbour is the eldest entry, its older one the newest: the list is a ring. */
  private final Link ends = new Link();

  Recent(int limit) {
    this.limit = limit;
  }

  @Nullable V peek(K key) {
    Entry<K, V> entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /** As {@link #peek}, and what is found becomes the newest. */
  @Nullable V use(K key) {
    Entry<K, V> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    entry.unlink();
    entry.insertBefore(ends);
    return entry.value;
  }

  /** Puts it there as the newest, and returns what had to go for it, if anything. */
  @Nullable V put(K key, V value) {
    Entry<K, V> entry = entries.get(key);
    if (entry != null) {
      entry.value = value;
      entry.unlink();
      entry.insertBefore(ends);
      return null;
    }
    V evicted = entries.size() < limit ? null : removeEldest();
    entry = new Entry<>(key, value);
    entries.put(key, entry);
    entry.insertBefore(ends);
    return evicted;
  }

  @Nullable V remove(K key) {
    Entry<K, V> entry = entries.remove(key);
    if (entry == null) {
      return null;
    }
    entry.unlink();
    return entry.value;
  }

  void removeIf(Predicate<V> condition) {
    entries
        .values()
        .removeIf(
            entry -> {
              boolean removed = condition.test(entry.value);
              if (removed) {
                entry.unlink();
              }
              return removed;
            });
  }

  int size() {
    return entries.size();
  }

  @SuppressWarnings("unchecked") // The ring consists of entries and the ends.
  private V removeEldest() {
    Entry<K, V> eldest = (Entry<K, V>) ends.newer;
    entries.remove(eldest.key);
    eldest.unlink();
    return eldest.value;
  }
}
