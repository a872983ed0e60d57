package io.gossip.samples.chaos;

/** What is done to instances while customers call them. */
enum Fault {
  /** kill -9 of one instance. */
  KILL("kill -9"),
  /** SIGTERM to one instance. */
  TERM("SIGTERM"),
  /** One instance is stopped for 2 s: SIGSTOP, SIGCONT. */
  STOP2("SIGSTOP 2 s"),
  /** One instance is stopped for 5 s. */
  STOP5("SIGSTOP 5 s"),
  /** One instance is stopped for 10 s. */
  STOP10("SIGSTOP 10 s"),
  /**
   * One instance is stopped for 2 s, and meanwhile the accept queue of its gossip port is filled.
   */
  JAM("SIGSTOP 2 s, accept queue full"),
  /** The host of one instance vanishes from the network; needs root and {@code ip}. */
  BLACKHOLE("black-holed host"),
  /** Each instance in turn: SIGTERM, and when it has ended, started again; then the next. */
  ROLLING("rolling restart");

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
