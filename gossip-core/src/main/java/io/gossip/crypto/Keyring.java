package io.gossip.crypto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys a member accepts: the primary, under which it seals, and up to three others, in the
 * order they were given. Immutable, and no two keys have one id.
 *
 * <p>A key is changed in three steps, each of them done everywhere before the next: add the new
 * key, promote it, remove the old one.
 */
public final class Keyring {

  /** The most keys in a ring. */
  public static final int MAX_KEYS = 4;

  private final List<Key> keys;

  private Keyring(List<Key> keys) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "a ring holds at most "
              + MAX_KEYS
              + " keys, but these were "
              + keys.size()
              + ": remove one that is not used any more");
    }
    for (int i = 0; i < keys.size(); i++) {
      if (indexOf(keys.subList(0, i), keys.get(i).id()) >= 0) {
        throw new IllegalArgumentException(
            "the ids of a ring's keys must differ, but two were " + keys.get(i).idText());
      }
    }
    this.keys = List.copyOf(keys);
  }

  /**
   * A ring of these keys.
   *
   * @param primary the key to seal under
   * @param others the keys that are accepted as well
   * @throws IllegalArgumentException if these are more than {@link #MAX_KEYS}, or two have one id
   */
  public static Keyring of(Key primary, Key... others) {
    List<Key> keys = new ArrayList<>();
    keys.add(primary);
    keys.addAll(List.of(others));
    return new Keyring(keys);
  }

  /**
   * A ring of these keys, of which the first is the primary.
   *
   * @throws IllegalArgumentException if these are none or more than {@link #MAX_KEYS}, or two have
   *     one id
   */
  public static Keyring of(List<Key> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a ring must have a key, the primary");
    }
    return new Keyring(keys);
  }

  /**
   * The ring with one more key, as the last; this ring if it is there already.
   *
   * @throws IllegalArgumentException if the ring is full, or has another key with that id
   */
  public Keyring with(Key key) {
    if (keys.contains(key)) {
      return this;
    }
    List<Key> more = new ArrayList<>(keys);
    more.add(key);
    return new Keyring(more);
  }

  /**
   * The ring with that key as its primary; the others stay, in their order.
   *
   * @throws IllegalArgumentException if the ring has no key with that id
   */
  public Keyring promote(int id) {
    int index = indexOf(keys, id);
    if (index < 0) {
      throw new IllegalArgumentException(
          "only a key of the ring can be promoted, but "
              + Key.idText(id)
              + " is not in "
              + this
              + ": add it first, on every member");
    }
    if (index == 0) {
      return this;
    }
    List<Key> changed = new ArrayList<>(keys);
    changed.add(0, changed.remove(index));
    return new Keyring(changed);
  }

  /**
   * The ring without that key; this ring if it is not there.
   *
   * @throws IllegalArgumentException if that is the primary
   */
  public Keyring remove(int id) {
    int index = indexOf(keys, id);
    if (index == 0) {
      throw new IllegalArgumentException(
          "the primary cannot be removed, but "
              + Key.idText(id)
              + " is it: promote another key first, on every member");
    }
    if (index < 0) {
      return this;
    }
    List<Key> fewer = new ArrayList<>(keys);
    fewer.remove(index);
    return new Keyring(fewer);
  }

  /** The key to seal under. */
  public Key primary() {
    return keys.get(0);
  }

  /** All keys, the primary first. */
  public List<Key> keys() {
    return keys;
  }

  /** The ids of all keys, the primary's first. */
  public List<Integer> ids() {
    return keys.stream().map(Key::id).toList();
  }

  /** The key with that id, or {@code null}. */
  public @Nullable Key find(int id) {
    int index = indexOf(keys, id);
    return index < 0 ? null : keys.get(index);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Keyring ring && keys.equals(ring.keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }

  /** Ids only. */
  @Override
  public String toString() {
    return "ring " + keys.stream().map(Key::idText).toList();
  }

  private static int indexOf(List<Key> keys, int id) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }
}
