package io.gossip.swim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rumors of one kind, at most one of each subject, in the order they are to be told. Every question
 * costs the logarithm of its size.
 */
final class RumorQueue {
  private final Map<Long, Rumor> bySubject = new LinkedHashMap<>();
  private final TreeSet<Rumor> inOrder = new TreeSet<>(Rumor.ORDER);

  void add(Rumor rumor) {
    bySubject.put(rumor.subject(), rumor);
    inOrder.add(rumor);
  }

  void remove(Rumor rumor) {
    bySubject.remove(rumor.subject());
    inOrder.remove(rumor);
  }

  @Nullable Rumor get(long subject) {
    return bySubject.get(subject);
  }

  int size() {
    return inOrder.size();
  }

  /** The first that takes at most so many bytes. */
  @Nullable Rumor first(int bytes) {
    return inOrder.isEmpty() ? null : fitting(inOrder.first(), bytes);
  }

  /** The first after this one, which may have been removed, that takes at most so many bytes. */
  @Nullable Rumor next(Rumor after, int bytes) {
    return fitting(inOrder.higher(after), bytes);
  }

  /** Of those told most often the largest, of these the oldest. */
  @Nullable Rumor mostTold() {
    if (inOrder.isEmpty()) {
      return null;
    }
    Rumor last = inOrder.last();
    return inOrder.ceiling(Rumor.bound(last.update(), last.transmissions(), Integer.MAX_VALUE));
  }

  /** The rumor itself or the first after it that fits; jumps over what is too large. */
  private @Nullable Rumor fitting(@Nullable Rumor rumor, int bytes) {
    Rumor found = rumor;
    while (found != null && found.size() > bytes) {
      found = inOrder.ceiling(Rumor.bound(found.update(), found.transmissions(), bytes));
    }
    return found;
  }
}
