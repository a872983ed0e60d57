package io.gossip.sim;

/**
 * Runs a scenario under many seeds, from {@code -Dsim.start=…} on: {@code -Dsim.seed=…} under that
 * one only; {@code -Dsim.minutes=…} until the time is over; {@code -Dsim.share=…} under one of so
 * many of those it asks for.
 *
 * <p>A failure names its seed and the command that replays it.
 */
public final class Seeds {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private Seeds() {}

  /** A scenario of one seed. */
  public interface Scenario {
    /** Plays it. */
    void play(long seed);
  }

  /** Plays the scenario under {@code count} seeds, or as the command line says. */
  public static void each(int count, Scenario scenario) {
    Long only = Long.getLong("sim.seed");
    Integer minutes = Integer.getInteger("sim.minutes");
    long first = Long.getLong("sim.start", 1);
    if (only != null) {
      play(only, scenario);
    } else if (minutes != null) {
      long begun = System.nanoTime();
      long seed = first;
      while (System.nanoTime() - begun < minutes * NANOS_PER_MINUTE) {
        play(seed++, scenario);
      }
      System.out.println("Played seeds " + first + " to " + (seed - 1));
    } else {
      int seeds = Math.max(1, count / Integer.getInteger("sim.share", 1));
      for (long seed = first; seed < first + seeds; seed++) {
        play(seed, scenario);
      }
    }
  }

  /** Whether the seeds that belong to the build are played, not those of the command line. */
  static boolean isWholeRun() {
    return System.getProperty("sim.seed") == null
        && System.getProperty("sim.minutes") == null
        && System.getProperty("sim.share") == null
        && System.getProperty("sim.seeds") == null;
  }

  private static void play(long seed, Scenario scenario) {
    try {
      scenario.play(seed);
    } catch (RuntimeException | AssertionError e) {
      throw new Violation("seed " + seed + ": " + e.getMessage() + "\n" + replay(seed), e);
    }
  }

  /** The command that plays one seed of the test that calls this again. */
  static String replay(long seed) {
    String test =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(frame -> frame.getClassName().endsWith("Test"))
                        .reduce((inner, outer) -> outer)
                        .map(Seeds::name)
                        .orElse("<no test>"));
    return "replay: mvn -pl gossip-core test -Dtest=" + test + " -Dsim.seed=" + seed;
  }

  private static String name(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    String method = frame.getMethodName();
    String simple = type.substring(type.lastIndexOf('.') + 1);
    // A lambda's method is called lambda$<method>$<number>.
    return simple + "#" + (method.startsWith("lambda$") ? method.split("\\$", -1)[1] : method);
  }
}
