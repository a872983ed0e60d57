package io.gossip.samples.quickstart;

/**
 * Starts a small shop on this machine, each instance in a process of its own, and stops it with
 * Ctrl-C. With the name of an instance as its argument, it becomes that instance instead.
 */
public final class Quickstart {

  /** System property by which an instance learns the process id of its launcher. */
  static final String LAUNCHER = "quickstart.launcher";

  private Quickstart() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      new Launcher().run();
    } else {
      endWithLauncher();
      Instance.of(args[0]).run();
    }
  }

  /** So that no instance stays behind, not even when its launcher is killed. */
  private static void endWithLauncher() {
    Long pid = Long.getLong(LAUNCHER);
    if (pid != null) { // else it was started by hand, and ends by hand
      ProcessHandle.of(pid)
          .ifPresentOrElse(
              launcher -> launcher.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
    }
  }
}
