package io.gossip.swim;

import io.gossip.membership.TrailEntry;
import io.gossip.membership.TrailEntry.Step;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** What spoke for and against one member: the latest few clues, the oldest first. */
final class Trail {

  private static final Clue[] NONE = {};

  private final int capacity;
  private Clue[] clues = NONE;

  /** An empty one that keeps so many. */
  Trail(int capacity) {
    this.capacity = capacity;
  }

  /**
   * One more. A wait that goes on is one clue; where there are too many, what goes is the oldest
   * that has come before and come again since, so that the first signs stay; else, the oldest.
   */
  void add(Clue clue) {
    int size = clues.length;
    if (size > 0 && clue.note().step() == Step.PUT_OFF && clues[size - 1].note() == clue.note()) {
      clues[size - 1] = clue; // earlier tellings share nothing with this array
    } else if (size < capacity) {
      clues = Arrays.copyOf(clues, size + 1);
      clues[size] = clue;
    } else {
      int gone = repeated(clue);
      System.arraycopy(clues, gone + 1, clues, gone, size - gone - 1);
      clues[size - 1] = clue;
    }
  }

  /** Where the oldest clue is that is neither the first nor the last of its kind; 0 for nowhere. */
  private int repeated(Clue next) {
    int spell = clues.length;
    while (spell > 0 && !clues[spell - 1].settles()) {
      spell--;
    }
    for (int i = spell + 1; i < clues.length; i++) {
      if (isAmong(clues[i], spell, i)
          && (clues[i].repeats(next) || isAmong(clues[i], i + 1, clues.length))) {
        return i;
      }
    }
    return 0;
  }

  private boolean isAmong(Clue clue, int from, int to) {
    for (int i = from; i < to; i++) {
      if (clues[i].repeats(clue)) {
        return true;
      }
    }
    return false;
  }

  /**
   * When the first of the last signs appeared that spoke against the member after this time, and
   * after all that settled former ones; {@code now} if there is none.
   */
  long firstSign(long after, long now) {
    long first = now;
    for (int i = clues.length - 1; i >= 0 && clues[i].at() > after && !clues[i].settles(); i--) {
      first = Math.min(first, Math.max(after, clues[i].began()));
    }
    return first;
  }

  /** All, as told at this time: put into words when they are read. */
  List<TrailEntry> told(long now) {
    return new Told(now, clues.clone());
  }

  private static final class Told extends AbstractList<TrailEntry> {
    private final long now;
    private final Clue[] clues;

    Told(long now, Clue[] clues) {
      this.now = now;
      this.clues = clues;
    }

    @Override
    public TrailEntry get(int index) {
      return clues[index].told(now);
    }

    @Override
    public int size() {
      return clues.length;
    }
  }
}
