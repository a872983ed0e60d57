package io.gossip.swim;

import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * News of this node, told to members directly, again and again until they confirm: an ack means
 * that the whole packet of its ping was applied.
 */
final class Telling {

  /** Members told directly; in larger clusters the rumor reaches the others. */
  private static final int MOST = 128;

  /** Between two tellings to one that has not confirmed. */
  static final long RETRY_NANOS = 200_000_000L;

  private final PeerSelector selector;
  private final Outbox outbox;
  private final RandomGenerator random;

  /** Who has not confirmed, by the nonce of the ping. */
  private final Map<Long, Peer> unconfirmed = new LinkedHashMap<>();

  private int confirmed;

  Telling(PeerSelector selector, Outbox outbox, RandomGenerator random) {
    this.selector = selector;
    this.outbox = outbox;
    this.random = random;
  }

  /** Chooses whom to tell; nobody has confirmed. */
  void begin() {
    unconfirmed.clear();
    confirmed = 0;
    for (Peer peer : selector.pick(MOST, peer -> true)) {
      unconfirmed.put(random.nextLong(), peer);
    }
  }

  /** Tells all that are there still and have not confirmed. */
  void tell(long now, Update news) {
    unconfirmed.values().removeIf(peer -> !peer.isActive());
    unconfirmed.forEach(
        (nonce, peer) -> outbox.send(now, peer, news, new Ping(nonce, peer.handle)));
  }

  /** Whether nobody is left to confirm. */
  boolean isDone() {
    return unconfirmed.isEmpty();
  }

  /** Whether this answers one of its pings. */
  boolean asked(long nonce, Peer sender) {
    return unconfirmed.get(nonce) == sender;
  }

  /** The one asked by this nonce has confirmed. */
  void confirm(long nonce) {
    if (unconfirmed.remove(nonce) != null) {
      confirmed++;
    }
  }

  int confirmed() {
    return confirmed;
  }
}
