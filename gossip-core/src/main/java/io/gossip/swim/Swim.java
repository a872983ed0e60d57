package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One member's side of SWIM. Not thread-safe.
 *
 * <p>Its methods are of three kinds: <em>inputs</em> take the time they happen at, in nanoseconds
 * since an origin of the caller's choice, which must never run backwards; {@link #nextDeadline()}
 * says when {@link #expire} is wanted next; and <em>queries</em> change nothing. What an input
 * leads to has left through {@link Output} when the call returns.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Swim {

  /**
   * Creates the state machine of one process.
   *
   * @param self id, generation (milliseconds since 1970, at time 0 of the inputs), address and zone
   *     to announce; its state is what is announced first; incarnation 0, ALIVE
   * @param seeds where to ask for the cluster; may be empty
   */
  public Swim(
      Member self, SwimConfig config, List<Seed> seeds, RandomGenerator random, Output output) {
    throw new UnsupportedOperationException();
  }

  // Inputs

  /** Begins: joins through the seeds, probes, gossips. Once. */
  public void start(long now) {}

  /**
   * What is due is done.
   *
   * @param inputWaiting whether input is waiting that the caller has not handed in yet: no verdict
   *     falls while there is
   */
  public void expire(long now, boolean inputWaiting) {}

  /** A datagram has come. Never throws for what is in it. */
  public void receive(long now, InetSocketAddress from, ByteBuffer packet) {}

  /** A stream that {@link Output#connect} asked for is open. */
  public void connected(long now, long stream) {}

  /** Somebody has opened a stream. */
  public void accepted(long now, long stream, InetSocketAddress from) {}

  /** A frame has come on a stream. Never throws for what is in it. */
  public void received(long now, long stream, ByteBuffer frame) {}

  /** A stream has ended, or could not be opened. */
  public void closed(long now, long stream, StreamEnd end) {}

  /** The look-up of a seed is done; no addresses if it failed. */
  public void resolved(long now, Seed seed, List<InetSocketAddress> addresses) {}

  /**
   * Changes this member's own state and tells the others.
   *
   * @param changes new value by key; {@code null} removes the key
   * @throws IllegalArgumentException if the state would exceed a limit; nothing has changed then
   */
  public void update(long now, Map<String, @Nullable String> changes) {}

  /**
   * The application could not reach a member: it is probed now. Nothing happens if it is not
   * active.
   */
  public void reportFailure(long now, NodeId id) {}

  /** A departed member is no longer kept nor tried; its tombstone stays. */
  public void forget(long now, NodeId id) {}

  /** Asks the seeds again now. */
  public void rejoin(long now) {}

  /**
   * Leaves: tells everybody. {@link SwimReport.Phase#LEFT} is reached once all that can be reached
   * have confirmed, or after the leave time-out; answers go on until the caller stops feeding
   * inputs.
   */
  public void leave(long now) {}

  // Queries

  /** When {@link #expire} is wanted next; {@link Long#MAX_VALUE} for never. */
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }

  /** The view. The same object until it changes. */
  public Membership membership() {
    throw new UnsupportedOperationException();
  }

  /** Where it is in its life. */
  public SwimReport.Phase phase() {
    throw new UnsupportedOperationException();
  }

  /** An account of everything, as of {@code now}. */
  public SwimReport report(long now) {
    throw new UnsupportedOperationException();
  }

  /** How many members have confirmed that this one leaves. */
  public int leaveConfirmed() {
    return 0;
  }

  /**
   * Checks a whole state against the limits.
   *
   * @throws IllegalArgumentException naming the key, the size and the limit
   */
  public static void checkState(Map<String, String> state) {}

  /** What has been counted. The same object always. */
  public SwimStats stats() {
    throw new UnsupportedOperationException();
  }
}
