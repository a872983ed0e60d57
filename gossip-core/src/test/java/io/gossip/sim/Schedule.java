package io.gossip.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * All that happens to one world of a swarm: drawn first and then played, so that parts of it can be
 * left out. It has a text, one line for the world and one for each step.
 *
 * @param seed of the world
 * @param variant which numbers and zones its processes have
 * @param nodes how many begin
 * @param steps what happens, in order of time
 */
record Schedule(long seed, Variant variant, int nodes, List<Step> steps) {
  private static final int MOST_NODES = 60;
  private static final int MANY_NODES = 160;

  /** Real ciphers take their time. */
  private static final int ONE_SEALED_WORLD_IN = 40;

  private static final int ONE_LARGE_WORLD_IN = 50;

  /**
   * One thing that happens.
   *
   * @param millis when, since the beginning of the world
   * @param draw what its choices are drawn from
   */
  record Step(long millis, Mishap mishap, long draw) {
    @Override
    public String toString() {
      return millis + " " + mishap + " " + draw;
    }

    static Step parse(String line) {
      String[] words = line.split(" ", -1);
      return new Step(Long.parseLong(words[0]), Mishap.valueOf(words[1]), Long.parseLong(words[2]));
    }
  }

  Schedule {
    steps = Collections.unmodifiableList(new ArrayList<>(steps));
  }

  /** The schedule of a seed. */
  static Schedule draw(long seed) {
    SplittableRandom random = new SplittableRandom(~seed); // apart from what the world draws
    boolean large = random.nextInt(ONE_LARGE_WORLD_IN) == 0;
    int most = large ? MANY_NODES : MOST_NODES;
    int nodes = (int) Math.exp(Math.log(2) + random.nextDouble() * Math.log(most / 2.0));
    Variant drawn = Variant.draw(random);
    Variant variant = seed % ONE_SEALED_WORLD_IN == 0 ? Variant.SEALED : drawn;
    Set<Mishap> often = Mishap.drawSome(random);
    long end = 20_000L + random.nextInt(100_000);
    List<Step> steps = new ArrayList<>();
    for (long at = random.nextInt(5_000); at < end; ) {
      steps.add(new Step(at, Mishap.draw(random, often), random.nextLong()));
      // Most things happen apart, some while others are still having their effect.
      at += random.nextInt(random.nextInt(4) == 0 ? 50 : 5_000);
    }
    return new Schedule(seed, variant, Math.max(2, nodes), steps);
  }

  Schedule withNodes(int fewer) {
    return new Schedule(seed, variant, fewer, steps);
  }

  Schedule withSteps(List<Step> others) {
    return new Schedule(seed, variant, nodes, others);
  }

  static Schedule parse(List<String> lines) {
    String[] words = lines.get(0).split(" ", -1);
    List<Step> steps = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        steps.add(Step.parse(line));
      }
    }
    return new Schedule(
        Long.parseLong(words[1]), Variant.valueOf(words[3]), Integer.parseInt(words[5]), steps);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(" variant ").append(variant);
    text.append(" nodes ").append(nodes).append('\n');
    for (Step step : steps) {
      text.append(step).append('\n');
    }
    return text.toString();
  }
}
