package io.gossip.swim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far this node's own changes have got, as samples show it. No clock but this node's is needed
 * (ADR 36). Two things show whether a member holds the last change:
 *
 * <ul>
 *   <li>its answer to a ping says which version of this node's state it holds;
 *   <li>any other packet of its bears a view hash: that of this node's view says that it holds the
 *       change, that of this node's view right before the change that it lacks it, any other
 *       nothing.
 * </ul>
 *
 * <p>How long changes take is only learned from packets that came for another reason than the
 * change: others' pings, answers to questions that took nothing along ({@link Sampling}), and all
 * answers once the change is told no more, as until then the question may have brought it. These
 * are counted by the time since the change, in classes that double, and weigh less as they grow
 * old.
 */
final class Convergence {

  /** Classes of time: up to 1 ms, 2 ms, 4 ms, and so on; the last holds all above a minute. */
  private static final int CLASSES = 18;

  private static final double HALF_LIFE_NANOS = 600e9;

  /** Samples that it takes to speak of a half, and of one in a hundred. */
  private static final int ENOUGH_FOR_HALF = 10;

  private static final int ENOUGH_FOR_99 = 100;

  /** Samples that it takes not much later than where they turn: within two doublings. */
  private static final int FEWEST = 10;

  private static final int DOUBLINGS = 2;

  private static final double NEWEST = 1.0 / 8; // of a moving average, as RFC 6298 has it

  private final MembershipList list;
  private final Dissemination rumors;
  private final double[] samples = new double[CLASSES];
  private final double[] holding = new double[CLASSES];
  private double samplesSinceTold;
  private double lackingSinceTold;
  private long fadedAt;
  private long hashBefore;
  private long version;
  private long changedAt = Peer.NEVER;
  private boolean isTold;
  private int rounds;
  private double meanRounds = Double.NaN;
  private double meanHops = Double.NaN;
  private int mostHops;

  Convergence(MembershipList list, Dissemination rumors) {
    this.list = list;
    this.rumors = rumors;
  }

  /**
   * The own state is another now, and its rumor waits to be told.
   *
   * @param formerHash the hash of the view right before
   */
  void changed(long now, long formerHash) {
    version = list.self().state.version();
    hashBefore = formerHash;
    changedAt = now;
    isTold = false;
    rounds = 0;
    for (Peer peer : list.all()) {
      peer.setAnswer(Answer.NONE);
    }
  }

  /** A round of gossip begins. */
  void round() {
    if (isBeingTold()) {
      rounds++;
    }
  }

  /**
   * A member has answered, and holds this version.
   *
   * @param bare whether nothing was told along with the question
   */
  void answered(long now, Peer peer, long held, boolean bare) {
    if (changedAt != Peer.NEVER) {
      boolean holds = held >= version;
      peer.setAnswer(holds ? Answer.HOLDS : Answer.LACKS);
      if (bare || !isBeingTold()) {
        sample(now, holds);
      }
    }
  }

  /** A packet that is no answer came from a member, with this view hash and perhaps a ping. */
  void heard(long now, Peer peer, long hash, boolean asks) {
    if (changedAt != Peer.NEVER && (hash == list.viewHash() || hash == hashBefore)) {
      boolean holds = hash == list.viewHash();
      peer.setAnswer(holds ? Answer.HOLDS : Answer.LACKS);
      if (asks) {
        sample(now, holds);
      }
    }
  }

  private void sample(long now, boolean holds) {
    fade(now);
    int time = timeClass(now - changedAt);
    samples[time]++;
    holding[time] += holds ? 1 : 0;
    if (!isBeingTold()) {
      samplesSinceTold++;
      lackingSinceTold += holds ? 0 : 1;
    }
  }

  /** Samples weigh half after ten minutes, a quarter after twenty, and so on. */
  private void fade(long now) {
    double rest = Math.pow(0.5, (now - fadedAt) / HALF_LIFE_NANOS);
    fadedAt = now;
    for (int time = 0; time < CLASSES; time++) {
      samples[time] *= rest;
      holding[time] *= rest;
    }
    samplesSinceTold *= rest;
    lackingSinceTold *= rest;
  }

  /** Somebody's update has come through so many members. */
  void came(int hops) {
    meanHops = average(meanHops, hops);
    mostHops = Math.max(mostHops, hops);
  }

  /**
   * The account.
   *
   * @param heard members heard of late
   * @param agreeing how many of these had the same view
   */
  SwimReport.Convergence report(long now, int heard, int agreeing) {
    isBeingTold(); // if not any more, that counts
    fade(now);
    int sampled = 0;
    int holds = 0;
    for (Peer peer : list.all()) {
      sampled += peer.answer() == Answer.NONE ? 0 : 1;
      holds += peer.answer() == Answer.HOLDS ? 1 : 0;
    }
    return new SwimReport.Convergence(
        heard,
        agreeing,
        version,
        changedAt == Peer.NEVER ? null : Duration.ofNanos(now - changedAt),
        sampled,
        holds,
        lag(0.5, ENOUGH_FOR_HALF),
        lag(0.99, ENOUGH_FOR_99),
        samplesSinceTold == 0 ? Double.NaN : lackingSinceTold / samplesSinceTold,
        meanRounds,
        meanHops,
        mostHops);
  }

  /** What a member was last found to hold. */
  enum Answer {
    /** Nothing is known since the last change. */
    NONE,
    /** The last change. */
    HOLDS,
    /** Less. */
    LACKS
  }

  /** Whether the last change is still being told; where it is not any more, what that took. */
  private boolean isBeingTold() {
    if (isTold || changedAt == Peer.NEVER) {
      return false;
    }
    if (rumors.tellsState(list.self().handle)) {
      return true;
    }
    isTold = true;
    meanRounds = average(meanRounds, rounds);
    return false;
  }

  /**
   * From when on at least this share of the samples shows the change: the end of a class. What
   * holds a change goes on holding it, so what differs from that is chance, and classes in a row
   * speak for each other (isotonic regression).
   */
  private @Nullable Duration lag(double share, int enough) {
    if (sum(samples, 0, CLASSES) < enough) {
      return null;
    }
    int first = CLASSES;
    for (int from = 0; from < CLASSES; from++) {
      first = Math.min(first, reaches(share, from));
    }
    while (first < CLASSES && samples[first] == 0) {
      first++;
    }
    int supported = first;
    while (supported < CLASSES && sum(samples, 0, supported + 1) < FEWEST) {
      supported++; // as few as there are before it show nothing
    }
    return supported == CLASSES || supported > first + DOUBLINGS
        ? null
        : Duration.ofMillis(1L << supported);
  }

  /** The class from which on all runs of classes that begin at {@code from} have the share. */
  private int reaches(double share, int from) {
    double all = 0;
    double holds = 0;
    int reached = from;
    for (int time = from; time < CLASSES; time++) {
      all += samples[time];
      holds += holding[time];
      if (holds < share * all) {
        reached = time + 1;
      }
    }
    return reached;
  }

  private static int timeClass(long nanos) {
    long millis = (nanos + 999_999) / 1_000_000;
    int time = millis <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(millis - 1);
    return Math.min(CLASSES - 1, time);
  }

  private static double sum(double[] counts, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static double average(double mean, double newest) {
    return Double.isNaN(mean) ? newest : mean + NEWEST * (newest - mean);
  }
}
