package io.gossip.swim;

import io.gossip.wire.Message;
import io.gossip.wire.Message.Nack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Message.PingReq;
import io.gossip.wire.Message.RelayedAck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Pings this node makes for others (SWIM's ping-req), and the word it sends back: the target
 * answered, or Lifeguard's nack. Its own health is not touched by them.
 */
final class Relays {

  private static final int MAX_PENDING = 512;

  private record Request(Peer origin, long nonce, Peer target) {}

  private final boolean nacks;
  private final RoundTrips roundTrips;
  private final MembershipList list;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final Map<Long, Request> pending = new LinkedHashMap<>();

  Relays(
      SwimConfig config,
      RoundTrips roundTrips,
      MembershipList list,
      Outbox outbox,
      Timers timers,
      RandomGenerator random,
      SwimStats stats) {
    this.nacks = config.has(Rule.NACK);
    this.roundTrips = roundTrips;
    this.list = list;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
  }

  /**
   * A member asks for a ping; targets are known members only, so that nobody else can be pinged.
   */
  void requested(long now, Peer origin, PingReq request) {
    Peer target = list.find(request.target());
    if (target == null || target == list.self()) {
      outbox.sendBare(now, origin.address(), new Nack(request.nonce(), request.target()));
      return;
    }
    if (pending.size() >= MAX_PENDING) {
      stats.drop(SwimStats.Drop.LIMIT);
      return;
    }
    long nonce = random.nextLong();
    pending.put(nonce, new Request(origin, request.nonce(), target));
    timers.at(now + roundTrips.timeout(target) / 10 * 8, new Timer.RelayTimeout(nonce));
    outbox.sendBare(now, target.address(), new Ping(nonce, target.handle));
  }

  /** The target answered; whether this node had asked. */
  boolean acked(long now, long nonce, Peer sender) {
    Request request = pending.get(nonce);
    if (request == null || request.target != sender) {
      return false;
    }
    pending.remove(nonce);
    answer(now, request, new RelayedAck(request.nonce, sender.handle, sender.incarnation()));
    return true;
  }

  void timedOut(long now, long nonce) {
    Request request = pending.remove(nonce);
    if (request != null && nacks) {
      answer(now, request, new Nack(request.nonce, request.target.handle));
    }
  }

  /** How many are under way. */
  int underWay() {
    return pending.size();
  }

  private void answer(long now, Request request, Message message) {
    if (request.origin.isEchoed()) {
      outbox.send(now, request.origin, null, message);
    } else {
      outbox.sendBare(now, request.origin.address(), message);
    }
  }
}
