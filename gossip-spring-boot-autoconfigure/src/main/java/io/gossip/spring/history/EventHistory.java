package io.gossip.spring.history;

import io.gossip.MembershipListener;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The latest transitions, in memory only: what comes above the capacity drives the oldest out. It
 * holds their words and no members, so that no old view is kept alive. Thread-safe; recording takes
 * the same short time however much is kept. Goes on over stops and starts of the node.
 *
 * <p>Updates come with every start, stop and change of readiness, so that a day of deployments
 * would leave nothing else. Only those that matter are recorded ({@link Changes}), and when room is
 * needed it is theirs while they have more than a quarter of it. What went wrong keeps a quarter
 * whatever else happens: when a hundred members are replaced, that is three hundred transitions. So
 * neither a member whose status goes to and fro nor a deployment drives out why another was
 * declared dead; and in a quiet cluster nothing is wasted.
 */
public final class EventHistory implements MembershipListener {

  /** Most transitions that can be kept. Each has some 300 bytes, and 4 KB if all names are long. */
  public static final int MAX_CAPACITY = 10_000;

  private static final int SHARE = 4; // of which one is for updates, and one for what went wrong

  /** What went wrong, and that it is over. */
  private static final Set<TransitionType> GRAVE =
      EnumSet.of(
          TransitionType.FAILED,
          TransitionType.ZONE_UNREACHABLE,
          TransitionType.ZONE_REACHABLE,
          TransitionType.ISOLATED,
          TransitionType.CONNECTED,
          TransitionType.CONFLICT,
          TransitionType.RESYNC);

  private final int capacity;
  private final InstantSource clock;
  private final ArrayDeque<Recorded> updates = new ArrayDeque<>();
  private final ArrayDeque<Recorded> graves = new ArrayDeque<>();
  private final ArrayDeque<Recorded> others = new ArrayDeque<>();
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
    kept(transition.type()).addLast(latest);
    if (updates.size() + graves.size() + others.size() > capacity) {
      fullest().removeFirst();
    }
  }

  private ArrayDeque<Recorded> kept(TransitionType type) {
    if (type == TransitionType.UPDATED) {
      return updates;
    }
    return GRAVE.contains(type) ? graves : others;
  }

  /** Those that have more than their share, and of two such those that have the oldest. */
  private ArrayDeque<Recorded> fullest() {
    int share = capacity / SHARE;
    if (updates.size() > share) {
      return updates;
    }
    if (others.isEmpty()) {
      return graves;
    }
    boolean gravesAreOlder =
        graves.size() > share && graves.getFirst().sequence() < others.getFirst().sequence();
    return gravesAreOlder ? graves : others;
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
    List<Recorded> all = all();
    all.sort(Comparator.comparingLong(Recorded::sequence).reversed());
    return all.stream().filter(wanted).limit(limit).toList();
  }

  private synchronized List<Recorded> all() {
    List<Recorded> all = new ArrayList<>(updates);
    all.addAll(graves);
    all.addAll(others);
    return all;
  }
}
