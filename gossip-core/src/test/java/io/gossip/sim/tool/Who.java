package io.gossip.sim.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whom something happens to: a place, or some of it chosen at random each time.
 *
 * @param share of the place; used if not negative
 * @param count how many of the place; used if not negative
 */
record Who(Place place, double share, int count) {

  /** Reads one, such as {@code region c}, {@code 1%} or {@code 3 nodes of zone a1}. */
  static Who parse(Words words) {
    if (words.isShare()) {
      double share = words.share();
      return new Who(of(words), share, -1);
    }
    String word = words.peek();
    if (word != null && Character.isDigit(word.charAt(0))) {
      int count = words.count(1);
      if (!words.take("nodes") && !words.take("node")) {
        throw words.complaint("expected \"nodes\"");
      }
      return new Who(of(words), -1, count);
    }
    return new Who(Place.parse(words), -1, -1);
  }

  private static Place of(Words words) {
    return words.take("of") ? Place.parse(words) : Place.ALL;
  }

  /** These of the candidates: all, or as many as wanted, at random; in the candidates' order. */
  List<Resident> choose(List<Resident> candidates, RandomGenerator random) {
    int wanted = wanted(candidates.size());
    if (wanted == candidates.size()) {
      return candidates;
    }
    List<Resident> chosen = new ArrayList<>();
    for (int i = 0; i < candidates.size() && chosen.size() < wanted; i++) {
      // Selection sampling: each remaining candidate is as likely as the others.
      if (random.nextInt(candidates.size() - i) < wanted - chosen.size()) {
        chosen.add(candidates.get(i));
      }
    }
    return chosen;
  }

  private int wanted(int candidates) {
    if (share >= 0) {
      return Math.min(
          candidates, Math.max(share > 0 ? 1 : 0, (int) Math.round(share * candidates)));
    }
    return count >= 0 ? Math.min(candidates, count) : candidates;
  }
}
