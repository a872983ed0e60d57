package io.gossip.sim;

/** Something that must never be, or did not come to be in time; says how to see it again. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }

  Violation(String message, Throwable cause) {
    super(message, cause);
  }
}
