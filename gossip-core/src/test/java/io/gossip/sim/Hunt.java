package io.gossip.sim;

/** Plays seeds of the swarm until the first fails; says which it was and what was broken. */
final class Hunt {
  private Hunt() {}

  /**
   * Plays them.
   *
   * @param args how many seeds at most
   */
  public static void main(String[] args) {
    int seeds = Integer.parseInt(args[0]);
    for (long seed = 1; seed <= seeds; seed++) {
      try {
        Swarm.play(Schedule.draw(seed));
      } catch (Violation e) {
        String message = String.valueOf(e.getMessage());
        String first = message.lines().findFirst().orElse("");
        System.out.println(seed + "\t" + Shrinker.rule(message) + "\t" + first);
        return;
      }
    }
    System.out.println("-\tsurvived\t");
  }
}
