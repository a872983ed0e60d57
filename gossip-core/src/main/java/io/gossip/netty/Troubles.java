package io.gossip.netty;

import io.gossip.membership.NodeId;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimReport.SeedReport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A word in the log on what lasts and somebody has to mend: no seed that takes the node in, TCP or
 * UDP that does not get through, or only in small datagrams. Each is said within ten seconds, and
 * then less and less.
 */
final class Troubles {

  /** Looks are so far apart; the first attempt at a seed has ended, one way or the other. */
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** The next word on the same is said after so many looks, then twice as many, and so on. */
  private static final int FIRST_SILENCE = 10;

  private static final int LONGEST_SILENCE = 640; // about an hour

  /** Probes between two looks that had to be answered over TCP, until UDP counts as blocked. */
  private static final int UDP_SIGNS = 3;

  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  private final NodeId id;
  private final Silence seeds = new Silence();
  private final Silence udp = new Silence();
  private final Silence sizes = new Silence();
  private final int datagramBytes;
  private long probesOverTcp;
  private boolean saidTcp;
  private boolean narrow;

  /**
   * Nothing has been said yet.
   *
   * @param datagramBytes the largest datagram that the node sends
   */
  Troubles(NodeId id, int datagramBytes) {
    this.id = id;
    this.datagramBytes = datagramBytes;
  }

  /**
   * Looks, as it does every {@link #INTERVAL_NANOS}.
   *
   * @param probes that had to be answered over TCP since the start
   * @param reports asked for where there is something to say
   */
  void look(SwimReport.Phase phase, long probes, Supplier<List<SeedReport>> reports) {
    if (seeds.breaks(phase == SwimReport.Phase.JOINING)) {
      List<SeedReport> missing =
          reports.get().stream().filter(seed -> !Boolean.TRUE.equals(seed.reachable())).toList();
      if (!missing.isEmpty()) {
        log.warn(
            "Gossip node {} has found no other member yet, and goes on trying. {}",
            id,
            missing.stream().map(Troubles::sentence).collect(Collectors.joining("; ")));
      }
    }
    long before = probesOverTcp;
    probesOverTcp = probes;
    if (sizes.breaks(narrow)) {
      saySize();
    }
    if (udp.breaks(!narrow && probesOverTcp - before >= UDP_SIGNS)) {
      log.warn(
          "Gossip node {} gets no datagrams through to other members, or from them, though TCP does:"
              + " allow UDP on their gossip ports in both directions",
          id);
    }
  }

  /** Looks whether TCP gets through; it is said once. */
  void lookAtTcp(boolean blocked) {
    if (!saidTcp && blocked) {
      saidTcp = true;
      log.warn(
          "Gossip node {} cannot open TCP connections to other members: allow TCP on their gossip"
              + " ports, or a killed process is noticed after seconds instead of at once",
          id);
    }
  }

  /** Looks whether large datagrams get through; the first word on it does not wait. */
  void lookAtSizes(boolean nowNarrow) {
    boolean begins = nowNarrow && !narrow;
    narrow = nowNarrow;
    if (begins && sizes.breaks(true)) {
      saySize();
    }
  }

  private void saySize() {
    log.warn(
        "Gossip node {} gets small datagrams through to other members, but none of {} bytes: the"
            + " network drops them. It goes on with small ones, which costs more of them, and values"
            + " of more than some 300 bytes may not arrive. Set gossip.transport.max-packet-size"
            + " (maxPacketSize) to what the network carries, or mend its MTU",
        id,
        datagramBytes);
  }

  private static String sentence(SeedReport seed) {
    String problem = seed.problem() == null ? "has not answered yet" : seed.problem();
    return "Seed " + seed.seed() + ": " + problem;
  }

  /** How long nothing is said of one trouble. */
  private static final class Silence {

    private int left;
    private int next = FIRST_SILENCE;

    /** Whether a word is due, at a look that finds it there or not. */
    boolean breaks(boolean there) {
      if (left > 0) {
        left--;
        return false;
      }
      if (there) {
        left = next - 1;
        next = Math.min(LONGEST_SILENCE, 2 * next);
      } else {
        next = FIRST_SILENCE;
      }
      return there;
    }
  }
}
