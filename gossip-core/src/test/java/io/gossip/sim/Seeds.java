package io.gossip.sim;

/**
 * Runs a scenario under many seeds; {@code -Dsim.seed=…} runs it under that one only.
 *
 * <p>A failure names its seed and the command that replays it.
 */
public final class Seeds {

  private Seeds() {}

  /** A scenario of one seed. */
  public interface Scenario {
    /** Plays it. */
    void play(long seed);
  }

  /** Plays the scenario under seeds 1 to {@code count}. */
  public static void each(int count, Scenario scenario) {
    Long only = Long.getLong("sim.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? count : only;
    for (long seed = first; seed <= last; seed++) {
      try {
        scenario.play(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new Violation("seed " + seed + ": " + e.getMessage() + "\n" + replay(seed), e);
      }
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
