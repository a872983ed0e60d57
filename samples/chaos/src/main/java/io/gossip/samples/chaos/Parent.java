package io.gossip.samples.chaos;

/** The process that started this one. */
final class Parent {

  /** System property with its process id. */
  static final String PID = "chaos.parent";

  private Parent() {}

  /** So that no process stays behind, not even when the one that started it is killed. */
  static void endWithIt() {
    Long pid = Long.getLong(PID);
    if (pid != null) {
      ProcessHandle.of(pid)
          .ifPresentOrElse(
              parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0)),
              () -> Runtime.getRuntime().halt(0));
    }
  }
}
