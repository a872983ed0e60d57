package io.gossip.sim.tool;

import io.gossip.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run cost here; not the same each time.
 *
 * @param wall time it took
 * @param cpu time of its thread
 * @param heap most bytes of the heap in use at once, garbage included
 * @param simulated time that passed in it
 * @param steps things that happened in it
 * @param nodes it began with
 */
record Cost(Duration wall, Duration cpu, long heap, Duration simulated, long steps, int nodes) {

  /** Begins to count. */
  static Meter begin() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    return new Meter(System.nanoTime(), cpuNanos());
  }

  /** What it was at the beginning. */
  record Meter(long wall, long cpu) {

    /** What it has cost since. */
    Cost end(Simulation sim, int nodes) {
      long heap = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        if (pool.getType() == MemoryType.HEAP) {
          heap += pool.getPeakUsage().getUsed();
        }
      }
      return new Cost(
          Duration.ofNanos(System.nanoTime() - wall),
          Duration.ofNanos(cpuNanos() - cpu),
          heap,
          sim.time(),
          sim.steps(),
          nodes);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  public String toString() {
    double speed = Format.seconds(simulated) / Math.max(1e-9, Format.seconds(wall));
    double core = Format.seconds(cpu) / Math.max(1e-9, Format.seconds(simulated)) / nodes;
    return String.format(
        Locale.ROOT,
        "wall time %.1f s (%.1f times as fast as real), CPU %.1f s, %d steps, heap at most %d MB,"
            + " %.4f %% of a core per node, simulator included",
        Format.seconds(wall),
        speed,
        Format.seconds(cpu),
        steps,
        heap / 1_000_000,
        100 * core);
  }
}
