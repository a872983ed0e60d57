package io.gossip.spring.history;

import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest transitions, in memory only: what comes above the capacity drives the oldest out. It
 * holds their words and no members, so that no old view is kept alive. Thread-safe; recording takes
 * the same short time however much is kept. Goes on over stops and starts of the node.
 *
 * <p>Updates come with every start, stop and change of readiness, so that a day of deployments
 * would leave nothing else. Only those that matter are recorded ({@link Changes}), and when room is
 * needed it is theirs while they have more than a quarter of it. So a member whose status goes to
 * and fro does not drive out why another was declared dead; and in a quiet cluster nothing is
 * wasted.
 */
public final class EventHistory implements MembershipListener {

  /** Most transitions that can be kept. Each has some 300 bytes, and 4 KB if all names are long. */
  public static final int MAX_CAPACITY = 10_000;

  private static final int SHARE = 4; // of which one is for updates

  private final int capacity;
  private final InstantSource clock;
  private final ArrayDeque<Recorded> updates;
  private final ArrayDeque<Recorded> others;
  private long recorded;

  /** Has recorded nothing yet. */
  public EventHistory(int capacity) {
    this(capacity, InstantSource.system());
  }

  EventHistory(int capacity, InstantSource clock) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity must be 1 to " + MAX_CAPACITY + ", but was " + capacity);
    }
    this.capacity = capacity;
    this.clock = clock;
    this.updates = new ArrayDeque<>();
    this.others = new ArrayDeque<>();
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    Transition transition = Transitions.of(event, view);
    if (transition != null) {
      add(transition);
    }
  }

  @Override
  public void onResync(Membership view, int dropped) {
    add(Transitions.resync(view, dropped));
  }

  private synchronized void add(Transition transition) {
    Recorded latest = new Recorded(++recorded, clock.instant(), transition);
    (transition.type() == TransitionType.UPDATED ? updates : others).addLast(latest);
    if (updates.size() + others.size() > capacity) {
      boolean fromUpdates = others.isEmpty() || updates.size() > capacity / SHARE;
      (fromUpdates ? updates : others).removeFirst();
    }
  }

  /** How many transitions are kept at most. */
  public int capacity() {
    return capacity;
  }

  /** How many have been recorded since this process started, those that are gone included. */
  public synchronized long recorded() {
    return recorded;
  }

  /**
   * The latest of those that are wanted, the newest first.
   *
   * @param limit how many at most
   */
  public List<Recorded> latest(Predicate<Recorded> wanted, int limit) {
    return newestFirst().stream().filter(wanted).limit(limit).toList();
  }

  private synchronized List<Recorded> newestFirst() {
    List<Recorded> all = new ArrayList<>(updates.size() + others.size());
    Iterator<Recorded> some = updates.descendingIterator();
    Iterator<Recorded> more = others.descendingIterator();
    Recorded one = next(some);
    Recorded other = next(more);
    while (one != null || other != null) {
      if (other == null || (one != null && one.sequence() > other.sequence())) {
        all.add(one);
        one = next(some);
      } else {
        all.add(other);
        other = next(more);
      }
    }
    return all;
  }

  private static @Nullable Recorded next(Iterator<Recorded> recorded) {
    return recorded.hasNext() ? recorded.next() : null;
  }
}
