package io.gossip.sim.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * One rumor among n nodes in rounds that all make at once: no engine, no network and no record but
 * whether a node has the rumor. It is what the theory speaks of, and small enough for any n.
 *
 * @param fanout others that a node turns to in a round
 * @param sends how often a node tells the rumor before it stops; 0 for without end
 */
record Epidemic(int nodes, int fanout, Way way, int sends) {
  private static final int MOST_ROUNDS = 1_000;

  /** Who tells whom in a round. */
  enum Way {
    /** Who has the rumor tells it to others. */
    PUSH,
    /** Everyone asks others for it. */
    PULL,
    /** Everyone asks others and tells them. */
    PUSH_PULL;

    boolean pushes() {
      return this != PULL;
    }

    boolean pulls() {
      return this != PUSH;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * How it went.
   *
   * @param half rounds until half of the nodes had it; -1 for never, as in the others
   * @param most rounds until 99 % had it
   * @param all rounds until all had it
   * @param residue nodes that never had it
   * @param told how often it was told, per node
   */
  record Course(int half, int most, int all, int residue, double told) {}

  /** Lets one node begin, and goes on until all have it or nobody tells it any more. */
  Course run(RandomGenerator random) {
    boolean[] has = new boolean[nodes];
    int[] left = new int[nodes];
    Arrays.fill(left, sends == 0 ? Integer.MAX_VALUE : sends);
    has[0] = true;
    int count = 1;
    long told = 0;
    int half = -1;
    int most = -1;
    int round = 0;
    while (count < nodes && round < MOST_ROUNDS) {
      round++;
      boolean[] had = has.clone();
      long before = told;
      for (int node = 0; node < nodes; node++) {
        for (int i = 0; i < fanout; i++) {
          int other = other(node, random);
          if (way.pushes() && had[node] && left[node] > 0) {
            left[node]--;
            told++;
            has[other] = true;
          }
          if (way.pulls() && had[other] && left[other] > 0 && !had[node]) {
            left[other]--;
            told++;
            has[node] = true;
          }
        }
      }
      count = count(has);
      half = half < 0 && 2 * count >= nodes ? round : half;
      most = most < 0 && count >= 0.99 * nodes ? round : most;
      if (told == before && sends > 0 && exhausted(had, left)) {
        break;
      }
    }
    int all = count == nodes ? round : -1;
    return new Course(half, most, all, nodes - count, (double) told / nodes);
  }

  private int other(int node, RandomGenerator random) {
    int other = random.nextInt(nodes - 1);
    return other < node ? other : other + 1;
  }

  private static int count(boolean[] has) {
    int count = 0;
    for (boolean one : has) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static boolean exhausted(boolean[] has, int[] left) {
    for (int i = 0; i < has.length; i++) {
      if (has[i] && left[i] > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Rounds until all have it, to leading order.
   *
   * <p>Push with fanout 1 takes log2 n + ln n (Pittel, On Spreading a Rumor, 1987): it doubles
   * until half have it, then each of the rest is missed with probability 1/e per round. Pull
   * doubles too, and then squares the share that is left, which takes log2 ln n. Push and pull
   * together treble it, and end as pull does (Karp, Schindelhauer, Shenker and Vöcking, Randomized
   * Rumor Spreading, 2000). A fanout of f makes the factors 1 + f, 1 + f and 1 + 2f and divides the
   * end of push by f.
   */
  double theory() {
    double n = nodes;
    double end = log(1 + fanout, Math.log(n));
    return switch (way) {
      case PUSH -> log(1 + fanout, n) + Math.log(n) / fanout;
      case PULL -> log(1 + fanout, n) + end;
      case PUSH_PULL -> log(1 + 2 * fanout, n) + end;
    };
  }

  private static double log(double base, double x) {
    return Math.log(x) / Math.log(base);
  }
}
