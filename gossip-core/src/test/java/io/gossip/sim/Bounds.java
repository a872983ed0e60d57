package io.gossip.sim;

import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimLoad;
import io.gossip.wire.Limits;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process may send and hold. B1: no datagram above the budget, and in every ten seconds no
 * more bytes of datagrams than the promise. B2: what is kept is in proportion to the members. B5:
 * who is no member gets no answer longer than the question, and a stranger's packet none at all.
 */
final class Bounds {
  private static final int WINDOW_SECONDS = 10;
  private static final long SECOND = 1_000_000_000L;
  private static final int PROBES = 128;
  private static final int RELAYED = 512;
  private static final int WATCHERS = 32;
  private static final int TIMERS = 400;
  private static final int TIMERS_PER_MEMBER = 24;
  private static final int RUMORS_PER_MEMBER = 2;

  private final Object self;
  private final SwimConfig config;
  private final long windowBytes;
  private final long[] bytesBySecond = new long[WINDOW_SECONDS];
  private long second;
  private @Nullable InetSocketAddress asker; // while what it gets is counted
  private int answered;

  /**
   * Sets the bounds.
   *
   * @param bytesPerSecond what it may send on average over ten seconds
   */
  Bounds(Object self, SwimConfig config, int bytesPerSecond) {
    this.self = self;
    this.config = config;
    windowBytes = (long) WINDOW_SECONDS * bytesPerSecond;
  }

  /** A datagram leaves the process. */
  void sends(long now, InetSocketAddress to, int bytes) {
    int all = bytes + config.datagramOverhead();
    if (all > config.maxPacketSize()) {
      throw new Violation("B1: " + self + " sends " + all + " bytes in a datagram");
    }
    if (to.equals(asker)) {
      answered += bytes;
    }
    while (second < now / SECOND) {
      second++;
      bytesBySecond[(int) (second % WINDOW_SECONDS)] = 0;
    }
    bytesBySecond[(int) (second % WINDOW_SECONDS)] += all;
    long sum = 0;
    for (long sent : bytesBySecond) {
      sum += sent;
    }
    if (sum > windowBytes) {
      throw new Violation(
          "B1: " + self + " sends " + sum + " bytes within " + WINDOW_SECONDS + " seconds");
    }
  }

  /** A frame leaves the process. */
  void writes(int bytes) {
    if (bytes > Limits.FRAME_BYTES) {
      throw new Violation("B1: " + self + " writes a frame of " + bytes + " bytes");
    }
  }

  /** A datagram from there is about to be dealt with. */
  void asked(InetSocketAddress from) {
    asker = from;
    answered = 0;
  }

  /**
   * The datagram has been dealt with.
   *
   * @param isMember whether a member listens where it came from
   * @param mayAnswer how many bytes may go there if none does
   */
  void answers(BooleanSupplier isMember, int mayAnswer) {
    if (answered > mayAnswer && !isMember.getAsBoolean()) {
      throw new Violation(
          "B5: " + self + " answers a stranger with " + answered + " bytes, not " + mayAnswer);
    }
    asker = null;
  }

  /**
   * What the process holds.
   *
   * @param known members it keeps, active and departed, itself included
   */
  void holds(SwimLoad load, int known) {
    most("rumors", load.rumors(), RUMORS_PER_MEMBER * (known + load.tombstones()));
    most("probes", load.probes(), PROBES);
    most("pings for others", load.relayed(), RELAYED);
    most("suspicions", load.suspicions(), known);
    most("streams", load.streams(), PROBES + config.maxJoins());
    most("watch links", load.links(), config.watchLinks() + WATCHERS);
    most("timers", load.timers(), TIMERS + TIMERS_PER_MEMBER * known);
    most("tombstones", load.tombstones(), config.maxTombstones());
  }

  private void most(String what, int found, int bound) {
    if (found > bound) {
      throw new Violation("B2: " + self + " holds " + found + " " + what + ", more than " + bound);
    }
  }
}
