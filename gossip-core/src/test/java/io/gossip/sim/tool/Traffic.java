package io.gossip.sim.tool;

import io.gossip.swim.SwimStats;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes send, datagrams and frames together, without the headers of IP, UDP and TCP: asked
 * of their own counters once a second.
 */
final class Traffic {
  private static final int WINDOW = 10;

  private final int seedNodes;
  private final Scenario.@Nullable Span rest;
  private final List<Meter> meters = new ArrayList<>();
  private final Peak anySeed = new Peak();
  private final Peak anyOther = new Peak();
  private final Peak anyWindow = new Peak();
  private final Series series =
      new Series("traffic", "seconds", "max bytes/s", "mean bytes/s", "max bytes/s over 10 s");
  private int seconds;
  private long total;
  private long restNodeSeconds;
  private long restBytes;
  private long restPackets;
  private final Peak restPeak = new Peak();

  /** One slot's last seconds. */
  private static final class Meter {
    @Nullable SwimStats stats;
    long bytes;
    long packets;
    final long[] window = new long[WINDOW];
    long windowSum;
  }

  /** The largest of some values, and whose it was. */
  static final class Peak {
    private long value;
    private int slot = -1;
    private Duration at = Duration.ZERO;

    private void add(long candidate, int whose, Duration when) {
      if (candidate > value) {
        value = candidate;
        slot = whose;
        at = when;
      }
    }

    long value() {
      return value;
    }

    @Override
    public String toString() {
      return value + " B" + (slot < 0 ? "" : " (n" + (slot + 1) + " at " + Format.time(at) + ")");
    }
  }

  /**
   * Nothing sent yet.
   *
   * @param seedNodes how many of the first nodes are seeds
   * @param rest what counts as rest; {@code null} if nothing does
   */
  Traffic(int seedNodes, Scenario.@Nullable Span rest) {
    this.seedNodes = seedNodes;
    this.rest = rest;
  }

  /** Forgets what was sent so far: it begins to measure. */
  void begin(List<Resident> residents) {
    for (Resident resident : residents) {
      read(resident);
    }
  }

  /** A second has passed; {@code now} counts from time 0. */
  void second(Duration now, List<Resident> residents) {
    boolean atRest = rest != null && rest.contains(now);
    long sum = 0;
    long most = 0;
    long mostWindow = 0;
    int running = 0;
    for (Resident resident : residents) {
      int slot = resident.slot();
      Meter meter = meter(slot);
      long packetsBefore = resident.node().stats() == meter.stats ? meter.packets : 0;
      long bytes = read(resident);
      meter.windowSum += bytes - meter.window[seconds % WINDOW];
      meter.window[seconds % WINDOW] = bytes;
      (slot < seedNodes ? anySeed : anyOther).add(bytes, slot, now);
      anyWindow.add(meter.windowSum / WINDOW, slot, now);
      most = Math.max(most, bytes);
      mostWindow = Math.max(mostWindow, meter.windowSum / WINDOW);
      sum += bytes;
      total += bytes;
      if (resident.isRunning()) {
        running++;
        if (atRest) {
          restNodeSeconds++;
          restBytes += bytes;
          restPackets += meter.packets - packetsBefore;
          restPeak.add(bytes, slot, now);
        }
      }
    }
    seconds++;
    double mean = running == 0 ? 0 : (double) sum / running;
    series.add(Format.seconds(now), (double) most, mean, (double) mostWindow);
  }

  /** Bytes since it was last read; a new process in the slot has sent all of its own since. */
  private long read(Resident resident) {
    Meter meter = meter(resident.slot());
    SwimStats stats = resident.node().stats();
    long before = stats == meter.stats ? meter.bytes : 0;
    meter.stats = stats;
    meter.bytes = stats.count(Counter.DATAGRAM_BYTES_SENT) + stats.count(Counter.FRAME_BYTES_SENT);
    meter.packets = stats.count(Counter.DATAGRAMS_SENT) + stats.count(Counter.FRAMES_SENT);
    return meter.bytes - before;
  }

  private Meter meter(int slot) {
    while (meters.size() <= slot) {
      meters.add(new Meter());
    }
    return meters.get(slot);
  }

  /** The most that any seed sent in any second. */
  Peak seeds() {
    return anySeed;
  }

  /** The most that any node but the seeds sent in any second. */
  Peak others() {
    return anyOther;
  }

  /** The most that anybody sent in any second. */
  Peak all() {
    return anySeed.value > anyOther.value ? anySeed : anyOther;
  }

  /** The most that anybody sent per second over any ten. */
  Peak window() {
    return anyWindow;
  }

  /** The most that anybody sent in any second at rest. */
  Peak restPeak() {
    return restPeak;
  }

  /** All that was sent. */
  long total() {
    return total;
  }

  /** Bytes per node and second at rest; NaN if there was no rest. */
  double restBytes() {
    return restNodeSeconds == 0 ? Double.NaN : (double) restBytes / restNodeSeconds;
  }

  /** Packets and frames per node and second at rest; NaN if there was no rest. */
  double restPackets() {
    return restNodeSeconds == 0 ? Double.NaN : (double) restPackets / restNodeSeconds;
  }

  Series series() {
    return series;
  }
}
