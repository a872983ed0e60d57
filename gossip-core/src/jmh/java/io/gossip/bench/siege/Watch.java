package io.gossip.bench.siege;

import java.io.IOException;
import java.util.List;

/** Looks at a castle before and after something, and says what changed. */
final class Watch implements AutoCloseable {

  private static final int LONGEST_WAIT = 15;

  private final Castle castle;
  private final Heartbeat heartbeat;
  private final Sample victimBefore;
  private final Sample peersBefore;
  private final Sample memoryBefore;
  private final long begin;
  private long end;
  private Sample victimAt;

  Watch(Castle castle) throws IOException {
    this.castle = castle;
    heartbeat = new Heartbeat(castle);
    memoryBefore = castle.victim().measure();
    peersBefore = castle.peers().sample();
    victimBefore = castle.victim().sample();
    victimAt = victimBefore;
    begin = System.nanoTime();
  }

  /** Has a crowd fire, and waits until all of it has been read and answered; seconds of fire. */
  double fire(Crowd crowd, int perSecond, int seconds, List<Crowd.Ammunition> ammunition)
      throws IOException {
    double took = crowd.fire(castle.target(), perSecond, seconds, ammunition);
    ends();
    awaitQuiet();
    crowd.listen();
    return took;
  }

  /** What a crowd sent, and what of it came back or was let in; but for what goes uncounted. */
  Row report(Row row, Crowd crowd, long uncounted) {
    return row.value("sent", crowd.sent(), "")
        .atMost("out per byte in", (double) crowd.bytesBack() / crowd.bytesSent(), "", 0)
        .value("answers", crowd.answers(), "")
        .atMost("accepted", Math.max(0, crowd.sent() - unread() - uncounted), "", 0)
        .value("dropped by the kernel", 100.0 * grown("kernel") / crowd.sent(), "%");
  }

  /** The attack is over. */
  void ends() {
    end = System.nanoTime();
    victimAt = castle.victim().sample();
  }

  /** Waits until the victim has read what waits for it. */
  private void awaitQuiet() {
    long before = -1;
    long now = unread();
    for (int i = 0; i < LONGEST_WAIT && now != before; i++) {
      Castle.pause(1_000);
      before = now;
      now = unread();
    }
  }

  /** Growth of one of the victim's counters during the attack, and a second after it. */
  long grown(String counter) {
    return castle.victim().sample().since(victimBefore, counter);
  }

  /** What the victim's state machine has sent in all: answers to pings of this siege included. */
  long bytesSent() {
    Sample now = castle.victim().sample();
    return now.get("datagram-bytes-sent") + now.get("frame-bytes-sent");
  }

  /** Datagrams that the victim did not deliver, or its kernel dropped. */
  private long unread() {
    Sample now = castle.victim().sample();
    return now.sinceAll(victimBefore, "refused-")
        + now.sinceAll(victimBefore, "dropped-")
        + now.sinceAll(victimBefore, "shell-datagrams-")
        + now.since(victimBefore, "kernel");
  }

  /** What every attack is judged by, seen three seconds after its end. */
  void judge(Row row) throws IOException {
    Castle.pause(3_000);
    Sample victim = castle.victim().sample();
    Sample peers = castle.peers().sample();
    double seconds = (end - begin) / 1e9;
    row.atMost("views changed", sum(victim, peers, "changes"), "", 0)
        .atMost("suspicions", sum(victim, peers, "suspicions"), "", 0)
        .atMost("deaths", sum(victim, peers, "deaths"), "", 0)
        .atMost("valid pings lost", 100 * heartbeat.lost(begin, end), "%", 0.5)
        .value("p99", heartbeat.slow(begin, end), "ms")
        .value("members' probes failed", sum(victim, peers, "probes-failed"), "")
        .atMost("CPU", victimAt.since(victimBefore, "cpu") / 1e9 / seconds, "cores", 0.6)
        .atMost(
            "memory", castle.victim().measure().since(memoryBefore, "memory") / 1048576.0, "MB", 64)
        .value("fds", victimAt.since(victimBefore, "fds"), "")
        .atMost("recovered after", heartbeat.recovery(end), "s", 2);
    if (victim.since(victimBefore, "shell-engine-faults") > 0) {
      row.misses().add("an exception out of the state machine");
    }
    System.out.println("  " + row);
    castle.settle();
  }

  private long sum(Sample victim, Sample peers, String counter) {
    return victim.since(victimBefore, counter) + peers.since(peersBefore, counter);
  }

  @Override
  public void close() {
    heartbeat.close();
  }
}
