package io.gossip.swim;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * Whom to probe next: everyone once per round, in a fresh random order each round (SWIM §4.3).
 *
 * <p>So a member that has died is probed by each other within two rounds at the latest, where
 * choosing at random each time would set no bound.
 */
final class ProbeOrder {
  // A round is used up from the end of its part of the array: handles[0, left) are still to come,
  // the last of them next; handles[left, size) have had their turn, in no order that matters.
  // So nothing moves when one is probed, and a newcomer finds its place by one swap.
  private final RandomGenerator random;
  private long[] handles = new long[8];
  private int size;
  private int left;

  ProbeOrder(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Puts a newcomer, which must not be in it yet, at a random place of the list: into what is still
   * to come of this round, or among those who have had their turn, whom it joins in the next.
   */
  void add(long handle) {
    if (size == handles.length) {
      handles = Arrays.copyOf(handles, size + size / 4 + 1);
    }
    int place = random.nextInt(size + 1);
    if (place > left) {
      handles[size] = handle;
    } else {
      handles[size] = handles[left];
      handles[left] = handles[place]; // order is random as it is, so who makes room may come next
      handles[place] = handle;
      left++;
    }
    size++;
  }

  /** Takes one out, if it is in; the order of the others stays. */
  void remove(long handle) {
    int index = indexOf(handle);
    if (index < 0) {
      return;
    }
    if (index < left) {
      System.arraycopy(handles, index + 1, handles, index, left - index - 1);
      left--;
      index = left;
    }
    size--;
    handles[index] = handles[size];
  }

  /**
   * The next whose turn it is and who is eligible; 0 if nobody is. Who is not eligible loses the
   * turn.
   */
  long next(LongPredicate eligible) {
    long found = restOfRound(eligible);
    if (found == 0) {
      shuffle();
      left = size;
      found = restOfRound(eligible);
    }
    return found;
  }

  private long restOfRound(LongPredicate eligible) {
    while (left > 0) {
      left--;
      if (eligible.test(handles[left])) {
        return handles[left];
      }
    }
    return 0;
  }

  /** Fisher–Yates. */
  private void shuffle() {
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = handles[i];
      handles[i] = handles[j];
      handles[j] = swapped;
    }
  }

  private int indexOf(long handle) {
    for (int i = 0; i < size; i++) {
      if (handles[i] == handle) {
        return i;
      }
    }
    return -1;
  }
}
