package io.gossip.swim;

import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rumors waiting to be told: SWIM's dissemination component (§4.1), one queue for news of the
 * members and one for their state.
 *
 * <p>Of each subject only the newest rumor of a kind waits. Those told least often go first, of
 * these the larger, of these the older; each is told {@link #limit} times and then forgotten. Where
 * many wait, each is told less often, so that the queue drains: what a member misses then, repair
 * brings it.
 */
final class Dissemination {

  /** Where rumors are told: usually the rest of a packet. Must not call back. */
  interface Offer {
    /** Takes the update; false if it does not fit. */
    boolean offer(Update update);
  }

  /** Packets are not searched further after so many refusals of an offer in a row. */
  private static final int MISSES = 8;

  /** State gets at least one byte in so many while both kinds wait. */
  private static final int STATE_SHARE = 4;

  /** More rumors than this at a time are a crowd, of which each is told less often. */
  private static final int CROWD = 100;

  /** Told fewer times than this, too many members would miss a rumor. */
  private static final int LEAST_OF_A_CROWD = 3;

  /** Rumors that may wait for each member there is. */
  static final int RUMORS_PER_MEMBER = 2;

  private static final int LEAST_CAPACITY = 100;

  private final int multiplier;
  private final int mostCapacity;
  private final ToIntFunction<Update> sizeOf;
  private final RumorQueue membership = new RumorQueue();
  private final RumorQueue state = new RumorQueue();
  private final int[] urgentByTransmissions;
  private int capacity;
  private long sequence;
  private long dropped;

  /** What state may take before membership, saved up while its next rumor is larger than that. */
  private int stateCredit;

  /**
   * Creates an empty one.
   *
   * @param multiplier λ: how often a rumor is told grows with this and the size of the cluster
   * @param capacity rumors that wait at a time; of more, the most often told is dropped
   */
  Dissemination(int multiplier, int capacity) {
    this(multiplier, capacity, PacketWriter::sizeOf);
  }

  Dissemination(int multiplier, int capacity, ToIntFunction<Update> sizeOf) {
    if (multiplier < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "multiplier and capacity must be at least 1, but were " + multiplier + ", " + capacity);
    }
    this.multiplier = multiplier;
    this.mostCapacity = capacity;
    this.capacity = capacity;
    this.sizeOf = sizeOf;
    this.urgentByTransmissions = new int[limit(Integer.MAX_VALUE)];
  }

  /** The cluster has so many members now: twice as many rumors may wait. */
  void fitTo(int members) {
    capacity = Math.min(mostCapacity, Math.max(LEAST_CAPACITY, RUMORS_PER_MEMBER * members));
    while (size() > capacity) {
      dropMostTold();
    }
  }

  /** Queues an update; one of the same subject and kind that waits is forgotten for it. */
  void add(Update update, boolean urgent) {
    RumorQueue queue = update instanceof Update.State ? state : membership;
    long subject = update.handle();
    Rumor waiting = queue.get(subject);
    forget(waiting, queue);
    if (size() == capacity) {
      dropMostTold();
    }
    Update newest = waiting == null ? update : completed(waiting.update(), update);
    Rumor rumor = new Rumor(newest, subject, sizeOf.applyAsInt(newest), sequence++, urgent);
    queue.add(rumor);
    countUrgent(rumor, 1);
  }

  /** A higher incarnation of somebody who is still being made known goes with its record. */
  private static Update completed(Update waiting, Update news) {
    return waiting instanceof Update.Alive alive && news instanceof Update.Refuted refuted
        ? alive.in(refuted.incarnation(), refuted.signature())
        : news;
  }

  /** Nothing more is told about this subject. */
  void remove(long handle) {
    forget(membership.get(handle), membership);
    forget(state.get(handle), state);
  }

  /** Whether state of this member waits to be told. */
  boolean tellsState(long handle) {
    return state.get(handle) != null;
  }

  /** A suspicion of this member is told no more; other news of it is. */
  void retract(long handle) {
    Rumor rumor = membership.get(handle);
    if (rumor != null && rumor.update() instanceof Update.Suspect) {
      forget(rumor, membership);
    }
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return membership.size() + state.size();
  }

  /** Rumors dropped for want of room, whether they had been told before or not. */
  long dropped() {
    return dropped;
  }

  /** How often a rumor is told in a cluster of this size: λ · ⌈log10(n + 1)⌉, at least once. */
  int limit(int members) {
    int decades = 0;
    for (long reach = 1; reach <= members; reach *= 10) {
      decades++;
    }
    return Math.max(1, multiplier * decades);
  }

  /** How often one of so many rumors is told. */
  private int limit(int members, int crowd) {
    int limit = limit(members);
    return crowd <= CROWD
        ? limit
        : Math.min(limit, Math.max(LEAST_OF_A_CROWD, limit * CROWD / crowd));
  }

  /**
   * Whether an urgent rumor is still to be told at once. The last quarter of its transmissions is
   * left to ordinary rounds, so that a short disturbance does not swallow all of them.
   */
  boolean hasUrgent(int members) {
    int eager = limit(members) - limit(members) / 4;
    for (int i = 0; i < eager; i++) {
      if (urgentByTransmissions[i] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells rumors until no more fits; each that is taken has been told once more.
   *
   * <p>While both kinds wait, membership gets three quarters of the bytes and state one, and either
   * what the other leaves. State that is larger than its quarter saves up over several calls
   * instead of waiting until no more news of members comes.
   *
   * @param members size of the cluster
   * @param bytes room there is
   * @return how many were taken
   */
  int fill(int members, int bytes, Offer offer) {
    if (isEmpty()) {
      return 0;
    }
    int limit = limit(members, size());
    boolean both = membership.size() > 0 && state.size() > 0;
    stateCredit = both ? Math.min(bytes, stateCredit + bytes / STATE_SHARE) : 0;
    List<Rumor> told = new ArrayList<>();
    int used = take(membership, bytes - stateCredit, offer, told);
    int usedByState = take(state, bytes - used, offer, told);
    stateCredit = Math.max(0, stateCredit - usedByState);
    take(membership, bytes - used - usedByState, offer, told);
    requeue(told, limit);
    return told.size();
  }

  /** Takes what fits out of the queue; how many bytes it was. */
  private int take(RumorQueue queue, int bytes, Offer offer, List<Rumor> told) {
    int used = 0;
    int misses = 0;
    Rumor rumor = queue.first(bytes);
    while (rumor != null && misses < MISSES) {
      if (offer.offer(rumor.update())) {
        misses = 0;
        used += rumor.size();
        told.add(rumor);
        queue.remove(rumor);
        countUrgent(rumor, -1);
      } else {
        misses++;
      }
      rumor = queue.next(rumor, bytes - used);
    }
    return used;
  }

  private void requeue(List<Rumor> told, int limit) {
    for (int i = 0; i < told.size(); i++) {
      Rumor rumor = told.get(i).toldOnceMore();
      if (rumor.transmissions() < limit) {
        (rumor.update() instanceof Update.State ? state : membership).add(rumor);
        countUrgent(rumor, 1);
      }
    }
  }

  /** Of the most often told the largest; state rather than membership. */
  private void dropMostTold() {
    Rumor ofState = state.mostTold();
    Rumor ofMembership = membership.mostTold();
    boolean dropState =
        ofMembership == null
            || (ofState != null && ofState.transmissions() >= ofMembership.transmissions());
    forget(dropState ? ofState : ofMembership, dropState ? state : membership);
    dropped++;
  }

  private void forget(@Nullable Rumor rumor, RumorQueue queue) {
    if (rumor != null) {
      queue.remove(rumor);
      countUrgent(rumor, -1);
    }
  }

  private void countUrgent(Rumor rumor, int change) {
    if (rumor.urgent()) {
      urgentByTransmissions[rumor.transmissions()] += change;
    }
  }
}
