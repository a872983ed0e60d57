package io.gossip.fuzz;

/**
 * Any sequence of packets, frames, times and calls into a whole state machine: it throws nothing,
 * keeps its own view in order, and stays alive to itself. See {@link EngineStory} for what an input
 * says.
 */
public final class EngineFuzz {

  private static final int MOST_STEPS = 300;

  private EngineFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    EngineStory story = new EngineStory(new Choices(input));
    for (int i = 0; i < MOST_STEPS && story.goesOn(); i++) {
      story.step();
    }
    story.ends();
  }
}
