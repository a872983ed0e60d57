package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message.Ping;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether datagrams of the configured size get through to members: a network that drops
 * the large ones and delivers the small ones looks well to probes, which are small, while news that
 * fill a packet never arrive.
 *
 * <p>A trial is a row of pairs of pings to one member, a small one and one that fills the packet.
 * It ends well with the first answer to any of the large ones. Loss takes both sizes alike, so that
 * ten small ones are answered and no large one is what one trial in a million comes to where a
 * fifth of all datagrams is lost. The answers are small: each direction is tried from its own end.
 */
final class SizeTrials {

  private static final int PAIRS = 10;

  /** Where large ones did not get through before, so many pairs show that they still do not. */
  private static final int PAIRS_AGAIN = 3;

  private static final int MOST_STEPS = 24;

  /** Small pings of which none is answered show that there is nothing to find out now. */
  private static final int MOST_UNANSWERED = 6;

  private static final long STEP_NANOS = 250_000_000L;
  private static final long DELAY_NANOS = 100_000_000L;
  private static final long AGAIN_NANOS = 60_000_000_000L;

  /**
   * The first members met, and then one in twenty minutes: below 1 % of what a node at rest sends.
   */
  private static final int FIRST_MEMBERS = 3;

  private static final double AT_REST_PER_SECOND = 1.0 / (20 * 60);

  /**
   * What makes views differ for so long may be that news do not get through. Not at once: the
   * answers take rumors along, which would be wasted on one member while they are fresh.
   */
  private static final long UNREST_NANOS = 2_000_000_000L;

  private static final double UNREST_PER_SECOND = 1.0 / 5;

  private final boolean wanted;
  private final MembershipList list;
  private final PathSizes sizes;
  private final RoundTrips roundTrips;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final TokenBucket atRest = new TokenBucket(FIRST_MEMBERS, AT_REST_PER_SECOND);
  private final TokenBucket inUnrest = new TokenBucket(1, UNREST_PER_SECOND);
  private @Nullable Trial trial;

  /** Since when no member that was met had the same view as this node. */
  private long differingSince = Peer.NEVER;

  private static final class Trial {
    final Peer peer;

    /** Of all large pings: the answer to the first counts, however late it is. */
    final long nonce;

    final int pairs;
    long smallNonce;
    boolean smallAnswered;
    int steps;
    int answered;

    Trial(Peer peer, long nonce, int pairs) {
      this.peer = peer;
      this.nonce = nonce;
      this.pairs = pairs;
    }
  }

  SizeTrials(
      SwimConfig config,
      MembershipList list,
      PathSizes sizes,
      RoundTrips roundTrips,
      Outbox outbox,
      Timers timers,
      RandomGenerator random,
      SwimStats stats) {
    this.wanted = config.has(Rule.SIZE_TRIALS);
    this.list = list;
    this.sizes = sizes;
    this.roundTrips = roundTrips;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
  }

  /** A member has answered a probe, on whatever way: it may be tried. */
  void met(long now, Peer peer) {
    if (peer.viewHash() == list.viewHash()) {
      differingSince = Peer.NEVER;
    } else if (differingSince == Peer.NEVER) {
      differingSince = now;
    }
    if (wanted && trial == null && !sizes.isNarrow(peer) && isWorthIt(now, peer)) {
      begin(now, peer, PAIRS);
    }
  }

  private boolean isWorthIt(long now, Peer peer) {
    boolean lately = peer.largeHeard() != Peer.NEVER && now - peer.largeHeard() < AGAIN_NANOS;
    boolean unrest = differingSince != Peer.NEVER && now - differingSince >= UNREST_NANOS;
    return !lately
        && outbox.hasRoom(now)
        && (atRest.take(now, 1) || (unrest && inUnrest.take(now, 1)));
  }

  /** Members that are gone are forgotten; one that large datagrams did not reach is tried again. */
  void lookAgain(long now) {
    sizes.retain(
        handle -> {
          Peer peer = list.find(handle);
          return peer != null && peer.isActive();
        });
    Map.Entry<Long, Long> earliest = sizes.earliest();
    if (trial == null && earliest != null && now - earliest.getValue() >= AGAIN_NANOS) {
      Peer peer = list.find(earliest.getKey());
      if (peer != null) {
        begin(now, peer, PAIRS_AGAIN);
      }
    }
  }

  private void begin(long now, Peer peer, int pairs) {
    trial = new Trial(peer, random.nextLong(), pairs);
    // Not now: who it is prompted by must not get more than was asked with (ADR 10).
    timers.at(now + DELAY_NANOS, new Timer.SizeTrial(trial.nonce));
  }

  private void ask(long now, Trial current) {
    Peer peer = current.peer;
    current.steps++;
    current.smallAnswered = false;
    current.smallNonce = random.nextLong();
    outbox.sendBare(now, peer.address(), new Ping(current.smallNonce, peer.handle));
    outbox.sendFilled(now, peer.address(), new Ping(current.nonce, peer.handle));
    long pause = Math.max(STEP_NANOS, roundTrips.timeout(peer));
    timers.at(now + pause, new Timer.SizeTrial(current.nonce));
  }

  /** An answer of a member; whether it was one to this. */
  boolean acked(long now, long nonce, Peer sender) {
    Trial current = trial;
    if (current == null || current.peer != sender) {
      return false;
    }
    if (nonce == current.nonce) {
      trial = null;
      sizes.reached(now, sender);
      return true;
    }
    if (nonce == current.smallNonce) {
      current.smallAnswered = true;
      return true;
    }
    return false;
  }

  /** It is time to begin, or the answers to a pair have had theirs. */
  void timedOut(long now, long nonce) {
    Trial current = trial;
    if (current == null || current.nonce != nonce) {
      return;
    }
    Peer peer = current.peer;
    current.answered += current.smallAnswered ? 1 : 0;
    if (current.answered >= current.pairs) {
      trial = null;
      sizes.missed(now, peer);
      stats.add(Counter.PATHS_NARROW);
    } else if (list.find(peer.handle) != peer
        || !peer.isActive()
        || current.steps >= MOST_STEPS
        || (current.answered == 0 && current.steps >= MOST_UNANSWERED)) {
      trial = null;
    } else {
      ask(now, current);
    }
  }

  /** This process was paused: answers may have come and gone. */
  void discard() {
    trial = null;
  }
}
