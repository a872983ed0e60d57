package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Update;
import java.util.List;

/** The ways on which a probe asks for its target: directly, through relays, over TCP. */
final class ProbePaths {

  private final SwimConfig config;
  private final PeerSelector selector;
  private final StreamPings streams;
  private final PartitionHold hold;
  private final ProbeTimes times;
  private final Outbox outbox;

  ProbePaths(
      SwimConfig config,
      PeerSelector selector,
      StreamPings streams,
      PartitionHold hold,
      ProbeTimes times,
      Outbox outbox) {
    this.config = config;
    this.selector = selector;
    this.streams = streams;
    this.hold = hold;
    this.times = times;
    this.outbox = outbox;
  }

  /**
   * A ping. The suspect is told of its suspicion, the dead of its death, so that it can refute
   * (buddy system). Where a zone is cut off, nothing that is said to its members counts as told.
   */
  void ping(long now, Probe probe) {
    Peer target = probe.target;
    if (hold.holds(target)) {
      outbox.sendBare(now, target.address(), new Ping(probe.nonce, target.handle));
      return;
    }
    Update news = null;
    if (target.suspicion() != null && config.has(Rule.BUDDY)) {
      news = target.suspected();
    } else if (target.status() == MemberStatus.DEAD) {
      news = new Update.Dead(target.handle, target.incarnation(), List.of());
    }
    outbox.send(now, target, news, new Ping(probe.nonce, target.handle));
  }

  /** So many others are asked to ping it, spread over the zones. */
  void relays(long now, Probe probe, int count) {
    List<Peer> relays = selector.relays(count, probe.target);
    probe.relaysAsked += relays.size();
    probe.silentRelays.addAll(relays);
    for (int i = 0; i < relays.size(); i++) {
      outbox.send(now, relays.get(i), null, new PingReq(probe.nonce, probe.target.handle));
    }
  }

  /** A ping over TCP, once. */
  void stream(long now, Probe probe) {
    if (!config.streamPing() || probe.streamAsked) {
      return;
    }
    probe.streamAsked = true;
    probe.streamPending = true;
    long deadline = probe.startedAt + probe.window - 1;
    long connected = Math.min(deadline, now + times.connect(now, probe.target, probe.window));
    streams.ping(
        now, probe.target.address(), probe.nonce, probe.target.handle, connected, deadline);
  }
}
