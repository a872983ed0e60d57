package io.gossip.swim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far this node's own changes have got, as a sample shows it: whoever answers a ping says which
 * version of this node's state it holds. No clock but this node's is needed (ADR 36).
 *
 * <p>Answers are counted by the time since the change, in classes that double. The older ones weigh
 * less, as all are halved when there are many.
 */
final class Convergence {

  /** Classes of time: up to 1 ms, 2 ms, 4 ms, and so on; the last holds all above a minute. */
  private static final int CLASSES = 18;

  private static final int MOST_ANSWERS = 4_000;

  /** Answers that it takes to speak of a half, and of one in a hundred. */
  private static final int ENOUGH_FOR_HALF = 10;

  private static final int ENOUGH_FOR_99 = 100;

  private static final double NEWEST = 1.0 / 8; // of a moving average, as RFC 6298 has it

  private final MembershipList list;
  private final Dissemination rumors;
  private final int[] answers = new int[CLASSES];
  private final int[] holding = new int[CLASSES];
  private int answersSinceTold;
  private int lackingSinceTold;
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

  /** The own state is another now, and its rumor waits to be told. */
  void changed(long now) {
    version = list.self().state.version();
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

  /** A member has answered, and holds this version. */
  void answered(long now, Peer peer, long held) {
    if (changedAt == Peer.NEVER) {
      return;
    }
    boolean holds = held >= version;
    peer.setAnswer(holds ? Answer.HOLDS : Answer.LACKS);
    int time = timeClass(now - changedAt);
    answers[time]++;
    holding[time] += holds ? 1 : 0;
    if (!isBeingTold()) {
      answersSinceTold++;
      lackingSinceTold += holds ? 0 : 1;
    }
    if (sum(answers) > MOST_ANSWERS) {
      halve();
    }
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
        answersSinceTold == 0 ? Double.NaN : (double) lackingSinceTold / answersSinceTold,
        meanRounds,
        meanHops,
        mostHops);
  }

  /** What a member said that it holds when it last answered. */
  enum Answer {
    /** It has not answered since the last change. */
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

  /** From when on at least this share of the answers shows the change: the end of a class. */
  private @Nullable Duration lag(double share, int enough) {
    if (sum(answers) < enough) {
      return null;
    }
    int all = 0;
    int holds = 0;
    int first = CLASSES;
    for (int time = CLASSES - 1; time >= 0; time--) {
      if (answers[time] == 0) {
        continue;
      }
      all += answers[time];
      holds += holding[time];
      if (holds < share * all || holding[time] < share * answers[time]) {
        break;
      }
      first = time;
    }
    return first == CLASSES ? null : Duration.ofMillis(1L << first);
  }

  private void halve() {
    for (int time = 0; time < CLASSES; time++) {
      answers[time] /= 2;
      holding[time] = Math.min(answers[time], (holding[time] + 1) / 2);
    }
    answersSinceTold /= 2;
    lackingSinceTold /= 2;
  }

  private static int timeClass(long nanos) {
    long millis = (nanos + 999_999) / 1_000_000;
    int time = millis <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(millis - 1);
    return Math.min(CLASSES - 1, time);
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static double average(double mean, double newest) {
    return Double.isNaN(mean) ? newest : mean + NEWEST * (newest - mean);
  }
}
