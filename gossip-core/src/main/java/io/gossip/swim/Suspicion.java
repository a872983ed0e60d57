package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.swim.Clue.Note;
import io.gossip.wire.Limits;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;

/**
 * One running suspicion: who accuses the member of what, and when it is to be declared dead.
 *
 * <p>Lifeguard's timer (§III-B): it starts at the longest time and shrinks with every independent
 * accuser. Ours also weighs what the accusers found. The evidence of one decides for all, in this
 * order:
 *
 * <ol>
 *   <li>UNRESPONSIVE: somebody reached the host, so the process pauses and whoever found only
 *       silence is likely cut off from it: Lifeguard's formula, and never less than a floor.
 *   <li>SILENT: not even the host answers: the shortest time.
 *   <li>UNANSWERED, REFUSED, WRONG_IDENTITY: Lifeguard's formula. Evidence of a crash does not
 *       hurry the timer but is {@linkplain #crashObservers counted}: enough of it is a verdict.
 * </ol>
 *
 * <p>Beyond the confirmations that are waited for, an accuser is news only where it can still
 * change something: the first to have reached the host, and those whose finding a crash is a
 * verdict. An accuser who repeats itself is news only with weightier evidence than before.
 */
final class Suspicion {
  private final int incarnation;
  private final int expected;
  private final long min;
  private final long max;
  private final long unresponsiveFloor;
  private final int crashObservers;
  private final long startedAt;
  private final List<Update.Charge> charges = new ArrayList<>(2);
  private long runsFrom;
  private boolean atMinimum;
  private boolean leftToAccusers;
  private boolean isFoundHere;
  private long postponedTo = Long.MIN_VALUE;

  /**
   * Begins a suspicion, yet without accuser.
   *
   * @param incarnation the incarnation that is suspected
   * @param expected Lifeguard's K: confirmations, beyond the first accuser, that shrink it to the
   *     minimum; 0 for a suspicion that is at its minimum from the start
   * @param unresponsiveFloor the least it lasts while somebody reaches the host
   * @param crashObservers observers of a crash that are told about: as many as are a verdict
   */
  Suspicion(
      long now,
      int incarnation,
      int expected,
      long min,
      long max,
      long unresponsiveFloor,
      int crashObservers) {
    this.crashObservers = crashObservers;
    this.incarnation = incarnation;
    this.expected = expected;
    this.min = min;
    this.max = Math.max(min, max);
    this.unresponsiveFloor = unresponsiveFloor;
    this.startedAt = now;
    this.runsFrom = now;
  }

  /** Takes in one accuser's finding; whether it is news, to be told to others. */
  boolean accuse(Update.Charge charge) {
    long accuser = charge.accuser();
    Evidence evidence = charge.evidence();
    for (int i = 0; i < charges.size(); i++) {
      if (charges.get(i).accuser() == accuser) {
        return weightier(evidence, charges.get(i).evidence()) && replace(i, charge);
      }
    }
    if (charges.size() <= expected && charges.size() < Limits.CHARGES) {
      return charges.add(charge);
    }
    if (!decisive(evidence)) {
      return false;
    }
    return charges.size() < Limits.CHARGES ? charges.add(charge) : replaceLastPlain(charge);
  }

  /** Who accuses it and why, in the order they were heard; at most {@link Limits#CHARGES}. */
  List<Update.Charge> charges() {
    return List.copyOf(charges);
  }

  /** Whether it has this charge, signature and all. */
  boolean holds(Update.Charge charge) {
    return charges.contains(charge);
  }

  /** How many accusers found a crash. */
  int crashObservers() {
    int observers = 0;
    for (int i = 0; i < charges.size(); i++) {
      observers += charges.get(i).evidence().showsCrash() ? 1 : 0;
    }
    return observers;
  }

  /** This node has found a crash itself, whether or not there is room to tell of it; once. */
  boolean foundHere() {
    boolean news = !isFoundHere;
    isFoundHere = true;
    return news;
  }

  /** Whether this node has found a crash itself. */
  boolean isFoundHere() {
    return isFoundHere;
  }

  /** When the member is to be declared dead; may lie in the past after a confirmation. */
  long deadline() {
    return Math.max(runsFrom + duration(), postponedTo);
  }

  /**
   * Starts the timer again, at its minimum: after a deaf spell the member gets this long to be
   * heard, and no less than the floor if its host was reached.
   */
  void restartAtMinimum(long now) {
    runsFrom = now;
    atMinimum = true;
  }

  /** Whether nobody confirms what the first accuser found. */
  boolean hasOneAccuser() {
    return charges.size() == 1;
  }

  /** Whether as many accuse the member as there are to wait for. */
  boolean isConfirmed() {
    return charges.size() > expected;
  }

  /**
   * Whether a node that has run out of time waits once more, since others accuse the member and it
   * does not itself: they are to take the last look, and not everybody at the same time.
   */
  boolean leavesItToAccusers(long self) {
    boolean leaves = !leftToAccusers && !isAccusedBy(self);
    leftToAccusers = true;
    return leaves;
  }

  private boolean isAccusedBy(long accuser) {
    for (int i = 0; i < charges.size(); i++) {
      if (charges.get(i).accuser() == accuser) {
        return true;
      }
    }
    return false;
  }

  /** No verdict before this time; later ones stay. */
  void postpone(long until) {
    postponedTo = Math.max(postponedTo, until);
  }

  int incarnation() {
    return incarnation;
  }

  /** When the suspicion arose; restarts do not change it. */
  long startedAt() {
    return startedAt;
  }

  /** How long it lasts from when its timer was started last, unless it is postponed. */
  long duration() {
    return switch (timing()) {
      case HOST_REACHED -> Math.max(byAccusers(), unresponsiveFloor);
      case BY_ACCUSERS -> byAccusers();
      default -> min;
    };
  }

  /** Why it lasts as long as it does. */
  Note timing() {
    if (anyoneFound(Evidence.UNRESPONSIVE)) {
      return Note.HOST_REACHED;
    } else if (anyoneFound(Evidence.SILENT)) {
      return Note.HOST_SILENT;
    } else if (atMinimum) {
      return Note.AFTER_DEAFNESS;
    }
    return expected <= 0 ? Note.NOBODY_TO_ASK : Note.BY_ACCUSERS;
  }

  /** How many accuse the member, as far as they are remembered. */
  int accusers() {
    return charges.size();
  }

  /** With how many accusers it lasts the least time. */
  int awaited() {
    return expected + 1;
  }

  private long byAccusers() {
    if (atMinimum || expected <= 0) {
      return min;
    }
    int confirmations = Math.max(0, charges.size() - 1);
    double share = Math.log(confirmations + 1.0) / Math.log(expected + 1.0);
    return Math.max(min, max - Math.round(share * (max - min)));
  }

  private boolean decisive(Evidence evidence) {
    return evidence.showsCrash()
        ? crashObservers() < crashObservers
        : evidence == Evidence.UNRESPONSIVE && !anyoneFound(Evidence.UNRESPONSIVE);
  }

  private boolean anyoneFound(Evidence evidence) {
    return firstWith(evidence) >= 0;
  }

  private int firstWith(Evidence evidence) {
    for (int i = 0; i < charges.size(); i++) {
      if (charges.get(i).evidence() == evidence) {
        return i;
      }
    }
    return -1;
  }

  /** The kinds of evidence stand in the order of their weight; one crash is as good as another. */
  private static boolean weightier(Evidence evidence, Evidence than) {
    return evidence.compareTo(than) > 0 && !than.showsCrash();
  }

  private boolean replace(int index, Update.Charge charge) {
    charges.set(index, charge);
    return true;
  }

  /** Makes room among those who only confirm: neither found a crash nor alone reached the host. */
  private boolean replaceLastPlain(Update.Charge charge) {
    int reached = firstWith(Evidence.UNRESPONSIVE);
    for (int i = charges.size() - 1; i >= 0; i--) {
      if (!charges.get(i).evidence().showsCrash() && i != reached) {
        return replace(i, charge);
      }
    }
    return false;
  }
}
