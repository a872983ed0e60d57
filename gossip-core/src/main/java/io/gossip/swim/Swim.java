package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.TrailEntry;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
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
public final class Swim {

  private static final int MAX_TIMERS_PER_TURN = 1_000;
  private static final int MOST_FAILURE_REPORTS = 100;
  private static final int FAILURE_REPORTS_PER_SECOND = 20;
  private static final long HOUSEKEEPING_NANOS = 5_000_000_000L;

  private final SwimConfig config;
  private final Output output;
  private final SwimStats stats = new SwimStats();
  private final Parts parts;
  private final TokenBucket failureReports =
      new TokenBucket(MOST_FAILURE_REPORTS, FAILURE_REPORTS_PER_SECOND);
  private boolean started;

  /**
   * Creates the state machine of one process.
   *
   * @param self id, generation (milliseconds since 1970, at the start), address and zone to
   *     announce; its state is what is announced first; incarnation 0, ALIVE
   * @param seeds where to ask for the cluster; may be empty
   * @throws IllegalArgumentException if the state exceeds a limit
   */
  public Swim(
      Member self, SwimConfig config, List<Seed> seeds, RandomGenerator random, Output output) {
    this(self, config, seeds, random, output, Sharing.NONE, null);
  }

  /**
   * Creates the state machine of a process that may sign what it says, and may be one of many that
   * are simulated in this one.
   *
   * @param sharing lets their views share the records they have in common
   * @param signer {@code null} if it does not sign
   */
  public Swim(
      Member self,
      SwimConfig config,
      List<Seed> seeds,
      RandomGenerator random,
      Output output,
      Sharing sharing,
      @Nullable Signer signer) {
    this.config = config;
    this.output = output;
    this.parts = new Parts(self, config, seeds, random, output, sharing, signer, stats);
  }

  // Inputs

  /** Begins: joins through the seeds, probes, gossips. Once. */
  public void start(long now) {
    if (started) {
      throw new IllegalStateException("the state machine must be started once");
    }
    started = true;
    parts.lastMinute.read(now);
    parts.self.start(now);
    parts.self.enter(parts.joining.phaseAlone());
    parts.hearing.paused(now);
    parts.timers.at(now + config.probeInterval().toNanos() / 2, new Timer.ProtocolPeriod());
    parts.timers.at(now + housekeepingPause(), new Timer.Housekeeping());
    parts.reconnecting.arm(now);
    parts.links.begin(now);
    parts.joining.begin(now);
    settle(now);
  }

  /**
   * What is due is done.
   *
   * @param inputWaiting whether input is waiting that the caller has not handed in yet: no verdict
   *     falls while there is
   */
  public void expire(long now, boolean inputWaiting) {
    enter(now);
    for (int i = 0; i < MAX_TIMERS_PER_TURN; i++) {
      Timer timer = parts.timers.poll(now);
      if (timer == null) {
        break;
      }
      expire(now, timer, inputWaiting);
    }
    settle(now);
  }

  /** A datagram has come. Never throws for what is in it. */
  public void receive(long now, InetSocketAddress from, ByteBuffer packet) {
    stats.add(Counter.DATAGRAMS_RECEIVED);
    stats.add(Counter.DATAGRAM_BYTES_RECEIVED, packet.remaining() + config.datagramOverhead());
    enter(now);
    if (parts.self.isSilent()) {
      stats.drop(Drop.SILENT);
    } else {
      parts.receiver.datagram(now, from, packet);
    }
    settle(now);
  }

  /** A stream that {@link Output#connect} asked for is open. */
  public void connected(long now, long stream) {
    enter(now);
    parts.streamReceiver.connected(now, stream);
    settle(now);
  }

  /** Somebody has opened a stream; frames may follow. */
  public void accepted(long now, long stream, InetSocketAddress from) {
    enter(now);
    settle(now);
  }

  /** A frame has come on a stream. Never throws for what is in it. */
  public void received(long now, long stream, ByteBuffer frame) {
    stats.add(Counter.FRAMES_RECEIVED);
    stats.add(Counter.FRAME_BYTES_RECEIVED, frame.remaining() + config.frameOverhead());
    enter(now);
    if (parts.self.isSilent()) {
      stats.drop(Drop.SILENT);
    } else {
      parts.streamReceiver.frame(now, stream, frame);
    }
    settle(now);
  }

  /** A stream has ended, or could not be opened. */
  public void closed(long now, long stream, StreamEnd end) {
    enter(now);
    parts.streamReceiver.closed(now, stream, end);
    settle(now);
  }

  /** The look-up of a seed is done; no addresses if it failed. */
  public void resolved(long now, Seed seed, List<InetSocketAddress> addresses) {
    enter(now);
    parts.joining.resolved(now, seed, addresses);
    settle(now);
  }

  /**
   * Changes this member's own state and tells the others.
   *
   * @param changes new value by key; {@code null} removes the key
   * @throws IllegalArgumentException if the state would exceed a limit; nothing has changed then
   */
  public void update(long now, Map<String, @Nullable String> changes) {
    enter(now);
    parts.self.write(now, changes);
    settle(now);
  }

  /**
   * The application could not reach a member: it is probed now, directly and over TCP. Nothing
   * happens if it is not active, nor beyond 20 reports a second and 100 at once.
   */
  public void reportFailure(long now, NodeId id) {
    enter(now);
    Peer peer = parts.list.find(id);
    if (peer != null && peer.isActive()) {
      if (failureReports.take(now, 1)) {
        parts.trails.callFailed(now, peer);
        parts.prober.urgent(now, peer);
      } else {
        stats.drop(Drop.LIMIT);
      }
    }
    settle(now);
  }

  /** A departed member is no longer kept nor tried; its tombstone stays. */
  public void forget(long now, NodeId id) {
    enter(now);
    Peer peer = parts.list.find(id);
    if (peer != null && !peer.isActive()) {
      parts.forgetting.forget(now, peer);
    }
    settle(now);
  }

  /** Asks the seeds again now. */
  public void rejoin(long now) {
    enter(now);
    parts.joining.begin(now);
    settle(now);
  }

  /**
   * Tells members directly of the own state as it is now, at most 128 of them, until all have it or
   * the leave time-out is over: see {@link #isSpreading} and {@link #spreadConfirmed}.
   */
  public void spread(long now) {
    enter(now);
    parts.spreading.begin(now);
    settle(now);
  }

  /**
   * Leaves: tells everybody. {@link SwimReport.Phase#LEFT} is reached once all that can be reached
   * have confirmed, or after the leave time-out; answers go on until the caller stops feeding
   * inputs.
   */
  public void leave(long now) {
    enter(now);
    parts.leaving.begin(now);
    settle(now);
  }

  // Between inputs

  /**
   * Before an input: did this process pause? Then nothing that it missed is held against anybody.
   */
  private void enter(long now) {
    if (parts.hearing.showsPause(parts.timers.next(), now)) {
      stats.add(Counter.PAUSES);
      parts.hearing.paused(now);
      parts.health.add(1);
      parts.prober.discardAll(now);
      parts.sizeTrials.discard();
    }
  }

  /** After an input: what it led to leaves. */
  private void settle(long now) {
    for (Peer asked : parts.hold.takeQuestions()) {
      parts.prober.verify(now, asked);
    }
    if (!parts.self.isSilent()) {
      parts.rounds.arm(now);
    }
    parts.reporter.settlePhase(now);
    parts.announcements.flush(output);
  }

  private void expire(long now, Timer timer, boolean inputWaiting) {
    if (timer instanceof Timer.Housekeeping) {
      housekeeping(now);
    } else if (timer instanceof Timer.SeedTick tick) {
      parts.joining.tick(now, tick.due());
    } else if (timer instanceof Timer.AlternativeJoin join) {
      parts.joining.tryAlternative(now, join.address());
    } else if (timer instanceof Timer.JoinTimeout join) {
      parts.joining.timedOut(join.stream());
    } else if (timer instanceof Timer.LeaveTick) {
      parts.leaving.tick(now);
    } else if (timer instanceof Timer.SpreadTick spread) {
      parts.spreading.tick(now, spread.deadline());
    } else if (timer instanceof Timer.StreamPingTimeout ping) {
      parts.streamReceiver.pingTimedOut(now, ping.stream());
    } else if (timer instanceof Timer.WatchTimeout watch) {
      parts.links.timedOut(now, watch.stream());
    } else if (timer instanceof Timer.RelayTimeout relay) {
      parts.relays.timedOut(now, relay.nonce());
    } else if (!parts.self.isSilent()) {
      expireWhileTakingPart(now, timer, inputWaiting);
    }
  }

  private void expireWhileTakingPart(long now, Timer timer, boolean inputWaiting) {
    boolean leaving = parts.self.isLeaving();
    if (timer instanceof Timer.GossipTick tick) {
      parts.rounds.tick(now, tick.round());
    } else if (timer instanceof Timer.RivalCheck check) {
      parts.rivalry.ask(now, check.nonce());
    } else if (timer instanceof Timer.ReachCheck check) {
      parts.admission.check(now, check.stream(), check.step());
    } else if (leaving) {
      return;
    } else if (timer instanceof Timer.ProtocolPeriod) {
      parts.timers.at(parts.prober.period(now), timer);
    } else if (timer instanceof Timer.ProbeTimeout probe) {
      parts.prober.directTimedOut(now, probe.nonce());
    } else if (timer instanceof Timer.ProbeEnd probe) {
      parts.prober.ended(now, probe.nonce());
    } else if (timer instanceof Timer.SuspicionTimeout suspicion) {
      suspicionTimedOut(now, suspicion, inputWaiting);
    } else if (timer instanceof Timer.LastLook look) {
      parts.prober.lookAgain(now, look.nonce());
    } else if (timer instanceof Timer.SizeTrial trial) {
      parts.sizeTrials.timedOut(now, trial.nonce());
    } else if (timer instanceof Timer.ZoneCheck check) {
      parts.hold.check(now, check.zone(), check.due());
    } else if (timer instanceof Timer.SuccessorCheck check) {
      parts.prober.checkAgain(now, check.handle());
    } else if (timer instanceof Timer.WatchTick) {
      parts.links.tick(now);
    } else if (timer instanceof Timer.Sample sample) {
      parts.sampling.ask(now, sample.version(), sample.question());
    } else if (timer instanceof Timer.ReconnectTick) {
      parts.reconnecting.tick(now);
    } else {
      throw new AssertionError(timer);
    }
  }

  private void suspicionTimedOut(long now, Timer.SuspicionTimeout suspicion, boolean inputWaiting) {
    Peer peer = parts.list.find(suspicion.handle());
    if (peer != null
        && parts.verdicts.expired(
            now, peer, suspicion.due(), inputWaiting, parts.prober.lastLooks())) {
      if (config.has(Rule.LAST_LOOK)) {
        parts.prober.lastLook(now, peer);
      } else {
        parts.verdicts.lastLookFailed(now, peer);
      }
    }
  }

  /** What is too old is forgotten. */
  private void housekeeping(long now) {
    parts.timers.at(now + housekeepingPause(), new Timer.Housekeeping());
    parts.lastMinute.read(now);
    parts.sizeTrials.lookAgain(now);
    parts.forgetting.forgetOld(now);
    parts.self.purge(now, config.tombstoneRetention().toNanos());
  }

  private long housekeepingPause() {
    return Math.min(config.departedRetention().toNanos() / 4 + 1, HOUSEKEEPING_NANOS);
  }

  // Queries

  /** When {@link #expire} is wanted next; {@link Long#MAX_VALUE} for never. */
  public long nextDeadline() {
    return parts.timers.next();
  }

  /** The view. The same object until it changes. */
  public Membership membership() {
    return parts.list.snapshot();
  }

  /** Where it is in its life. */
  public Phase phase() {
    return parts.self.phase();
  }

  /** An account of everything, as of {@code now}. */
  public SwimReport report(long now) {
    return parts.reporter.report(now);
  }

  /**
   * What spoke for and against a member, the latest last; nothing if it is not kept or was never
   * accused. At most {@link SwimConfig#trailLength} entries.
   */
  public List<TrailEntry> trail(long now, NodeId id) {
    Peer peer = parts.list.find(id);
    return peer == null ? List.of() : parts.trails.of(now, peer);
  }

  /** What it holds now, in numbers. */
  public SwimLoad load() {
    return new SwimLoad(
        parts.rumors.size(),
        parts.prober.underWay(),
        parts.relays.underWay(),
        parts.list.suspicions(),
        parts.streamPings.underWay() + parts.joining.underWay() + parts.admission.underWay(),
        parts.links.size() + parts.watchers.size(),
        parts.timers.size(),
        parts.tombstones.size());
  }

  /** Whether the last {@link #spread} goes on. */
  public boolean isSpreading() {
    return parts.spreading.isUnderWay();
  }

  /** How many members are known to have the state that was spread last. */
  public int spreadConfirmed() {
    return parts.spreading.confirmed();
  }

  /** How many members have confirmed that this one leaves. */
  public int leaveConfirmed() {
    return parts.leaving.confirmed();
  }

  /**
   * Checks a whole state against the limits.
   *
   * @throws IllegalArgumentException naming the key, the size and the limit
   */
  public static void checkState(Map<String, String> state) {
    StateLimits.check(state);
  }

  /** Whether no watch link has ever come about, though several were tried: TCP seems blocked. */
  public boolean isWatchingBlocked() {
    return parts.links.isBlocked();
  }

  /** Whether large datagrams do not get through to some member, though small ones do. */
  public boolean hasNarrowPaths() {
    return parts.sizes.narrowCount() > 0;
  }

  /** What has been counted. The same object always. */
  public SwimStats stats() {
    return stats;
  }
}
