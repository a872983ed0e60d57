package io.gossip.swim;

import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a newer bearer of this node's name, heard of at another address, lives. If it answers,
 * this node gives way; if not, it was a former life, and this node has to be newer than that.
 */
final class Rivalry {

  private static final int PINGS = 5;
  private static final long PING_NANOS = 300_000_000L;

  private final Self self;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;

  /** Whose life is in question; {@code null} while nobody's is. */
  private Update.@Nullable Alive rival;

  private long nonce;
  private int pings;

  Rivalry(Self self, Outbox outbox, Timers timers, RandomGenerator random) {
    this.self = self;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
  }

  /** A newer record of this node's name was heard. One question at a time. */
  void contested(long now, Update.Alive record) {
    if (rival == null) {
      rival = record;
      nonce = random.nextLong();
      pings = 0;
      ask(now, nonce);
    }
  }

  /** Time for the next ping, or for the answer that there was none. */
  void ask(long now, long asked) {
    Update.Alive other = rival;
    if (other == null || asked != nonce) {
      return;
    }
    if (self.isLeaving() || self.isSilent()) {
      rival = null;
    } else if (pings++ < PINGS) {
      outbox.sendBare(now, other.address(), new Ping(nonce, other.handle()));
      timers.at(now + PING_NANOS, new Timer.RivalCheck(nonce));
    } else {
      rival = null;
      self.renew(now, other.generation(), other.address());
    }
  }

  /** An answer from a stranger; whether it is the rival's. */
  boolean acked(long answered, long sender, InetSocketAddress from) {
    Update.Alive other = rival;
    if (other == null
        || answered != nonce
        || sender != other.handle()
        || !from.equals(other.address())) {
      return false;
    }
    rival = null;
    self.conflict(from);
    return true;
  }
}
