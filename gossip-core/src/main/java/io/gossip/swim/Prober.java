package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.Clue.Note;
import io.gossip.swim.SwimStats.Counter;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The failure detector: probes members, directly, then through relays and over TCP at once, and
 * brings what comes of it to {@link Verdicts} (SWIM §3.1, Lifeguard's LHA-Probe). A probe fails
 * only when all paths have been heard, or the period is over.
 */
final class Prober {

  private static final int MAX_EXTRA_PROBES = 64;
  private static final long SUCCESSOR_NANOS = 500_000_000L;
  private static final long LAST_LOOK_STEP_NANOS = 100_000_000L;

  private final SwimConfig config;
  private final MembershipList list;
  private final ProbeOrder order;
  private final Verdicts verdicts;
  private final SuspicionTerms terms;
  private final CrashProof crash;
  private final Trails trails;
  private final PartitionHold hold;
  private final LocalHealth health;
  private final RoundTrips roundTrips;
  private final ProbeTimes times;
  private final ProbePaths paths;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final Map<Long, Probe> probes = new LinkedHashMap<>();

  Prober(
      SwimConfig config,
      MembershipList list,
      ProbeOrder order,
      Verdicts verdicts,
      SuspicionTerms terms,
      CrashProof crash,
      Trails trails,
      PartitionHold hold,
      LocalHealth health,
      RoundTrips roundTrips,
      ProbeTimes times,
      ProbePaths paths,
      Timers timers,
      RandomGenerator random,
      SwimStats stats) {
    this.config = config;
    this.list = list;
    this.order = order;
    this.verdicts = verdicts;
    this.terms = terms;
    this.crash = crash;
    this.trails = trails;
    this.hold = hold;
    this.health = health;
    this.roundTrips = roundTrips;
    this.times = times;
    this.paths = paths;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
  }

  // Beginning

  /**
   * The protocol period: the next member in turn is probed. If its zone is cut off, the next one is
   * probed as well whose zone is not, so that deaths on this side are found as fast as ever.
   * Returns when the next period begins.
   */
  long period(long now) {
    Peer target = next(this::isEligible);
    if (target != null && hold.holds(target)) {
      begin(now, Probe.Kind.ROUND, target);
      target = next(handle -> isEligible(handle) && !isHeld(handle));
    }
    if (target != null) {
      begin(now, Probe.Kind.ROUND, target);
    }
    return times.nextPeriod(now);
  }

  private @Nullable Peer next(LongPredicate eligible) {
    long handle = order.next(eligible);
    return handle == 0 ? null : list.find(handle);
  }

  private boolean isHeld(long handle) {
    Peer peer = list.find(handle);
    return peer != null && hold.holds(peer);
  }

  /** A member is probed now, out of turn, unless that is under way already. */
  void verify(long now, Peer target) {
    if (target != list.self() && target.isActive()) {
      beginExtra(now, Probe.Kind.VERIFY, target);
    }
  }

  /**
   * There is a sign that the member's process is gone: it is asked now, directly and over TCP at
   * once.
   */
  void urgent(long now, Peer target) {
    if (target != list.self() && target.isActive() && list.find(target.handle) == target) {
      beginExtra(now, Probe.Kind.URGENT, target);
    }
  }

  /** A member, active or departed, is greeted: if it answers, that is heard. */
  void greet(long now, Peer target) {
    if (target != list.self() && target.status() != MemberStatus.LEFT) {
      beginExtra(now, Probe.Kind.GREETING, target);
    }
  }

  /** The last chance of a member whose suspicion has run out: several pings on every path. */
  void lastLook(long now, Peer target) {
    Probe probe = begin(now, Probe.Kind.LAST_LOOK, target);
    target.setLookedAt(true);
    widen(now, probe);
    for (long at = LAST_LOOK_STEP_NANOS; at < probe.window; at += LAST_LOOK_STEP_NANOS) {
      timers.at(now + at, new Timer.LastLook(probe.nonce));
    }
  }

  /** Another ping of a last look, and another relay. */
  void lookAgain(long now, long nonce) {
    Probe probe = find(nonce);
    if (probe != null) {
      paths.ping(now, probe);
      paths.relays(now, probe, 1);
    }
  }

  private boolean isEligible(long handle) {
    Peer peer = list.find(handle);
    return peer != null && peer.isActive() && peer != list.self() && !peer.isLookedAt();
  }

  private void beginExtra(long now, Probe.Kind kind, Peer target) {
    for (Probe probe : probes.values()) {
      boolean asUrgent = kind != Probe.Kind.URGENT || probe.kind == Probe.Kind.URGENT;
      if (probe.target == target && asUrgent && now - probe.startedAt < probe.window) {
        return;
      }
    }
    if (probes.size() >= MAX_EXTRA_PROBES) {
      stats.drop(SwimStats.Drop.LIMIT);
      return;
    }
    begin(now, kind, target);
  }

  private Probe begin(long now, Probe.Kind kind, Peer target) {
    Probe probe = new Probe(kind, random.nextLong(), target, now, times.window(now, kind, target));
    probe.begunHeld = hold.holds(target);
    probes.put(probe.nonce, probe);
    stats.add(Counter.PROBES);
    if (kind != Probe.Kind.LAST_LOOK && kind != Probe.Kind.GREETING) {
      timers.at(now + times.direct(now, target), new Timer.ProbeTimeout(probe.nonce));
    }
    timers.at(now + probe.window, new Timer.ProbeEnd(probe.nonce));
    paths.ping(now, probe);
    if (kind == Probe.Kind.URGENT) {
      paths.stream(now, probe);
    }
    return probe;
  }

  // Going on

  /** The direct answer is late: relays and TCP are asked. */
  void directTimedOut(long now, long nonce) {
    Probe probe = find(nonce);
    if (probe == null || !probe.target.isActive() || hold.holds(probe.target)) {
      return;
    }
    probe.late = true;
    if (!showsCrash(now, probe)) {
      widen(now, probe);
    }
    failIfExhausted(now, probe);
  }

  private void widen(long now, Probe probe) {
    probe.widened = true;
    paths.relays(now, probe, config.relays());
    paths.stream(now, probe);
  }

  /**
   * The probe of this nonce, unless its target is not kept any more: another life took its place.
   */
  private @Nullable Probe find(long nonce) {
    Probe probe = probes.get(nonce);
    if (probe != null && list.find(probe.target.handle) != probe.target) {
      probes.remove(nonce);
      return null;
    }
    return probe;
  }

  /** Whether others than the target know the nonce, as they were asked to relay. */
  boolean isShared(long nonce) {
    Probe probe = probes.get(nonce);
    return probe != null && probe.relaysAsked > 0;
  }

  /** A direct answer; whether it was one to a probe. The source has been checked by the caller. */
  boolean acked(long now, long nonce, Peer sender) {
    Probe probe = find(nonce);
    if (probe == null || probe.target != sender) {
      return false;
    }
    sender.setEchoed(true);
    if (probe.kind != Probe.Kind.LAST_LOOK) {
      roundTrips.sample(sender, now - probe.startedAt);
    }
    succeed(now, probe, Counter.PROBES_DIRECT);
    return true;
  }

  /** A relay says that the target answered it; whether that was asked for. */
  boolean relayAcked(long now, long nonce, Peer relay, long target) {
    Probe probe = find(nonce);
    if (probe == null || probe.target.handle != target || !probe.silentRelays.remove(relay)) {
      return false;
    }
    verdicts.lives(now, probe.target, Note.RELAYED);
    succeed(now, probe, Counter.PROBES_INDIRECT);
    return true;
  }

  /** A relay says that the target did not answer it; whether it had been asked. */
  boolean nacked(long now, long nonce, Peer relay) {
    Probe probe = find(nonce);
    if (probe == null || !probe.silentRelays.remove(relay)) {
      return false;
    }
    probe.relaysNacked++;
    failIfExhausted(now, probe);
    return true;
  }

  /** Somebody else answered at the target's address; whether that address had been probed. */
  boolean wrongTarget(long now, long nonce, InetSocketAddress from) {
    Probe probe = find(nonce);
    if (probe == null || !probe.target.address().equals(from)) {
      return false;
    }
    replaced(now, probe);
    return true;
  }

  /**
   * A ping over TCP has ended.
   *
   * @return the member that was probed and has answered in this way; {@code null} for nobody
   */
  @Nullable Peer streamEnded(long now, StreamPings.Outcome outcome) {
    Probe probe = find(outcome.nonce());
    Evidence evidence = outcome.evidence();
    if (evidence != Evidence.SILENT) {
      terms.streamsWork();
    }
    if (probe == null) {
      return null;
    }
    if (evidence != null && evidence != Evidence.SILENT) {
      hold.answered(now, probe.target); // its host did, at least
    }
    probe.streamPending = false;
    if (evidence == null) {
      verdicts.lives(now, probe.target, Note.STREAMED);
      succeed(now, probe, Counter.PROBES_STREAM);
      return probe.target;
    }
    if (evidence == Evidence.WRONG_IDENTITY) {
      replaced(now, probe);
      return null;
    }
    probe.streamEvidence = config.has(Rule.KERNEL_EVIDENCE) ? evidence : Evidence.UNANSWERED;
    failIfExhausted(now, probe);
    return null;
  }

  // Ending

  /** The time of a probe is over. */
  void ended(long now, long nonce) {
    Probe probe = find(nonce);
    if (probe != null) {
      fail(now, probe);
    }
  }

  /** This process was paused: answers may have come and gone; no probe under way counts. */
  void discardAll(long now) {
    stats.add(Counter.PROBES_DISCARDED, probes.size());
    for (Probe probe : probes.values()) {
      probe.target.setLookedAt(false);
      if (probe.kind == Probe.Kind.LAST_LOOK) {
        verdicts.arm(probe.target, now);
      }
    }
    probes.clear();
  }

  private void succeed(long now, Probe probe, Counter path) {
    probes.remove(probe.nonce);
    hold.answered(now, probe.target);
    stats.add(path);
    stats.took(path, now - probe.startedAt);
    probe.target.setLookedAt(false);
    if (probe.kind == Probe.Kind.ROUND) {
      health.add(-1);
    } else if (probe.kind == Probe.Kind.LAST_LOOK) {
      stats.add(Counter.LAST_LOOKS_SAVED);
      verdicts.acquit(now, probe.target, Note.LOOKED_AT);
    }
  }

  /**
   * Somebody else is where the target was. Where a sign of its end has led here at once, that may
   * be its own next life, which will soon say so itself.
   */
  private void replaced(long now, Probe probe) {
    probes.remove(probe.nonce);
    probe.target.setLookedAt(false);
    if (probe.kind == Probe.Kind.URGENT) {
      timers.at(now + SUCCESSOR_NANOS, new Timer.SuccessorCheck(probe.target.handle));
    } else {
      verdicts.wrongIdentity(now, probe.target);
    }
  }

  /** Whoever is where the member was has had time to announce itself. */
  void checkAgain(long now, long handle) {
    Peer target = list.find(handle);
    if (target != null) {
      verify(now, target);
    }
  }

  private void failIfExhausted(long now, Probe probe) {
    if (showsCrash(now, probe) || (probe.isExhausted() && probe.kind != Probe.Kind.LAST_LOOK)) {
      fail(now, probe);
    }
  }

  /**
   * Whether an urgent probe has found a crash: its host refuses, and no answer came. Others watch
   * the member, too, and the word of one of them is needed besides. Where nobody's is, the relays
   * have to be heard first: it may be this pair alone that is kept apart.
   */
  private boolean showsCrash(long now, Probe probe) {
    return probe.kind == Probe.Kind.URGENT
        && probe.late
        && probe.evidence().showsCrash()
        && crash.observersNeeded(now) > 1;
  }

  private void fail(long now, Probe probe) {
    probes.remove(probe.nonce);
    Peer target = probe.target;
    target.setLookedAt(false);
    if (probe.kind == Probe.Kind.GREETING) {
      return;
    }
    stats.add(Counter.PROBES_FAILED);
    stats.took(Counter.PROBES_FAILED, now - probe.startedAt);
    if (target.isActive()) { // else the verdict did not wait for it
      trails.probeFailed(now, probe);
    }
    boolean nobodyElseAsked = probe.begunHeld && !probe.widened;
    if (hold.holds(target) || nobodyElseAsked || hold.hasComeBack(target, probe.startedAt)) {
      // It was sent into a cut: which says nothing of the target, nor of this node.
      if (target.suspicion() != null) {
        verdicts.arm(target, now);
      }
      return;
    }
    if (probe.kind == Probe.Kind.LAST_LOOK) {
      verdicts.lastLookFailed(now, target);
      return;
    }
    if (probe.kind == Probe.Kind.ROUND && !probe.evidence().showsCrash()) {
      health.add(probe.relaysAsked == 0 ? 1 : probe.relaysAsked - probe.relaysNacked);
    }
    verdicts.accused(now, target, probe.evidence());
  }

  /** How many probes are under way. */
  int underWay() {
    return probes.size();
  }

  /** How many last looks are under way. */
  int lastLooks() {
    int count = 0;
    for (Probe probe : probes.values()) {
      count += probe.kind == Probe.Kind.LAST_LOOK ? 1 : 0;
    }
    return count;
  }
}
