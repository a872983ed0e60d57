package io.gossip.sim.experiment;

/** What came of runs of one setup, added up. */
final class Tally {
  final Percentiles first = new Percentiles();
  final Percentiles full = new Percentiles();
  private int falsePositives;
  private int falseByHealthy;
  private long packets;
  private long bytes;
  private int runs;
  private double virtualSeconds;

  /** Somebody declared a member dead that nothing was wrong with. */
  void falsePositive(boolean byHealthy) {
    falsePositives++;
    falseByHealthy += byHealthy ? 1 : 0;
  }

  void sent(long packetCount, long byteCount) {
    packets += packetCount;
    bytes += byteCount;
  }

  void run(double seconds) {
    runs++;
    virtualSeconds += seconds;
  }

  void add(Tally other) {
    falsePositives += other.falsePositives;
    falseByHealthy += other.falseByHealthy;
    packets += other.packets;
    bytes += other.bytes;
    runs += other.runs;
    virtualSeconds += other.virtualSeconds;
    first.addAll(other.first);
    full.addAll(other.full);
  }

  /** FP of Lifeguard's paper: deaths of well members, each as often as it was seen. */
  int falsePositives() {
    return falsePositives;
  }

  /** FP− of the paper: those of them that well members saw. */
  int falseByHealthy() {
    return falseByHealthy;
  }

  int runs() {
    return runs;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  double virtualSeconds() {
    return virtualSeconds;
  }
}
