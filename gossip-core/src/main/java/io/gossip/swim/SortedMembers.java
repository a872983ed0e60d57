package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.NodeId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Members in the order of their names, kept in short runs. A {@linkplain #view() view} of it stays
 * as it is for ever and shares with the next all runs in which nothing has changed: so a view costs
 * what changed since the last, not what there is.
 */
final class SortedMembers {

  private static final int RUN = 64;

  /** Never written to: a run that changes is copied. */
  private Member[][] runs = {};

  private int size;
  private @Nullable List<Member> view = List.of();

  /** Takes a member in, instead of the one of the same name. */
  void put(Member member) {
    int at = runOf(member.id());
    if (at < 0) {
      insertRun(0, new Member[] {member});
      size++;
      return;
    }
    Member[] run = runs[at];
    int place = placeIn(run, member.id());
    if (place >= 0) {
      Member[] changed = run.clone();
      changed[place] = member;
      setRun(at, changed);
      return;
    }
    place = -place - 1;
    Member[] longer = Arrays.copyOf(run, run.length + 1);
    System.arraycopy(run, place, longer, place + 1, run.length - place);
    longer[place] = member;
    size++;
    if (longer.length <= RUN) {
      setRun(at, longer);
    } else {
      setRun(at, Arrays.copyOf(longer, RUN / 2));
      insertRun(at + 1, Arrays.copyOfRange(longer, RUN / 2, longer.length));
    }
  }

  /** Takes out the member of this name, if it is in. */
  void remove(NodeId id) {
    int at = runOf(id);
    int place = at < 0 ? -1 : placeIn(runs[at], id);
    if (place < 0) {
      return;
    }
    Member[] run = runs[at];
    size--;
    Member[] shorter = Arrays.copyOf(run, run.length - 1);
    System.arraycopy(run, place + 1, shorter, place, shorter.length - place);
    if (shorter.length == 0) {
      removeRun(at);
    } else if (at + 1 < runs.length && shorter.length + runs[at + 1].length <= RUN / 2) {
      Member[] joined = Arrays.copyOf(shorter, shorter.length + runs[at + 1].length);
      System.arraycopy(runs[at + 1], 0, joined, shorter.length, runs[at + 1].length);
      setRun(at, joined);
      removeRun(at + 1);
    } else {
      setRun(at, shorter);
    }
  }

  /** The members as of now; immutable, and the same object until something changes. */
  List<Member> view() {
    List<Member> current = view;
    if (current == null) {
      current = new View(runs, size);
      view = current;
    }
    return current;
  }

  /** Makes the list of runs one that no view shows. */
  private void own() {
    if (view != null) {
      runs = runs.clone();
      view = null;
    }
  }

  private void setRun(int at, Member[] run) {
    own();
    runs[at] = run;
  }

  private void insertRun(int at, Member[] run) {
    Member[][] more = Arrays.copyOf(runs, runs.length + 1);
    System.arraycopy(runs, at, more, at + 1, runs.length - at);
    more[at] = run;
    runs = more;
    view = null;
  }

  private void removeRun(int at) {
    Member[][] fewer = Arrays.copyOf(runs, runs.length - 1);
    System.arraycopy(runs, at + 1, fewer, at, fewer.length - at);
    runs = fewer;
    view = null;
  }

  /** The run that the name is in or belongs into; -1 if there is none at all. */
  private int runOf(NodeId id) {
    int low = 0;
    int high = runs.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs[middle][0].id().compareTo(id) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private static int placeIn(Member[] run, NodeId id) {
    int low = 0;
    int high = run.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = run[middle].id().compareTo(id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private static final class View extends AbstractList<Member> implements RandomAccess {
    private final Member[][] runs;

    /** Index of the first member of each run. */
    private final int[] starts;

    private final int size;

    View(Member[][] runs, int size) {
      this.runs = runs;
      this.size = size;
      starts = new int[runs.length];
      for (int i = 1; i < runs.length; i++) {
        starts[i] = starts[i - 1] + runs[i - 1].length;
      }
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Member get(int index) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      int found = Arrays.binarySearch(starts, index);
      int at = found >= 0 ? found : -found - 2;
      return runs[at][index - starts[at]];
    }

    @Override
    public Iterator<Member> iterator() {
      return new Iterator<>() {
        private int at;
        private int place;

        @Override
        public boolean hasNext() {
          return at < runs.length;
        }

        @Override
        public Member next() {
          if (at >= runs.length) {
            throw new NoSuchElementException();
          }
          Member next = runs[at][place++];
          if (place == runs[at].length) {
            at++;
            place = 0;
          }
          return next;
        }
      };
    }
  }
}
