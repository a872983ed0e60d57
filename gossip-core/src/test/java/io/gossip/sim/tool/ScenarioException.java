package io.gossip.sim.tool;

/** A scenario that cannot be understood; the message names the line and the word. */
public final class ScenarioException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ScenarioException(String message) {
    super(message);
  }
}
