package io.gossip.sim;

/** What a scenario promises beyond what must always hold; whoever breaks it is a violation. */
public final class Promises {
  private static final int BYTES_PER_SECOND = 50_000;

  private boolean nobodyDiesWrongly;
  private int bytesPerSecond = BYTES_PER_SECOND;

  Promises() {}

  /**
   * From now on nobody that runs is declared dead (S4), and nobody that has begun to leave (S5): no
   * process is paused for long or badly connected.
   *
   * @param holds whether it is promised, which may change
   */
  public Promises nobodyDiesWrongly(boolean holds) {
    nobodyDiesWrongly = holds;
    return this;
  }

  /**
   * Processes started from now on send at most so many bytes in datagrams per second, on average
   * over any ten seconds (B1); 50,000 unless said otherwise.
   */
  public Promises bytesPerSecond(int most) {
    bytesPerSecond = most;
    return this;
  }

  boolean isNobodyDyingWrongly() {
    return nobodyDiesWrongly;
  }

  int bytesPerSecond() {
    return bytesPerSecond;
  }
}
