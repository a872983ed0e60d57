package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.wire.Update;
import java.util.List;

/**
 * How long a suspicion lasts: by the size of the cluster (Lifeguard §III-B), by whether there is
 * anybody to confirm it, and by what came of former ones.
 */
final class SuspicionTerms {

  private static final long BLOCKED_TCP_FLOOR = 5_000_000_000L;
  private static final int BLOCKED_TCP_SIGNS = 3;
  private static final long DOUBT_NANOS = 30_000_000_000L;

  private final SwimConfig config;
  private final MembershipList list;
  private final Hearing hearing;
  private final CrashProof crash;

  /** How often in a row TCP was silent towards a member that then proved to be alive. */
  private int silentStreamsOfTheLiving;

  private long lastFalse = Long.MIN_VALUE / 2;

  SuspicionTerms(SwimConfig config, MembershipList list, Hearing hearing, CrashProof crash) {
    this.config = config;
    this.list = list;
    this.hearing = hearing;
    this.crash = crash;
  }

  /** A suspicion that begins now, yet without accuser. */
  Suspicion begin(long now, int incarnation) {
    int members = list.activeCount();
    // With fewer than that many others to ask, nobody's word is waited for (memberlist).
    boolean nobodyToAsk = members - 2 < config.confirmations() || hearing.hasGivenUp(now, members);
    boolean waits = config.has(Rule.CONFIRMATIONS) && !nobodyToAsk;
    int confirmations = waits ? config.confirmations() : 0;
    double min =
        config.suspicionMultiplier()
            * Math.max(1, Math.log10(members))
            * config.probeInterval().toNanos();
    if (silentStreamsOfTheLiving >= BLOCKED_TCP_SIGNS) {
      min = Math.max(min, BLOCKED_TCP_FLOOR);
    }
    return new Suspicion(
        now,
        incarnation,
        confirmations,
        (long) min,
        (long) (min * config.suspicionMaxMultiplier()),
        config.unresponsiveFloor().toNanos(),
        crash.witnesses());
  }

  /** A suspicion has proved to be wrong. */
  void wrong(long now, Suspicion refuted) {
    lastFalse = now;
    if (foundSilentStream(refuted)) {
      silentStreamsOfTheLiving++;
    }
  }

  /** TCP reached somebody. */
  void streamsWork() {
    silentStreamsOfTheLiving = 0;
  }

  /** Whether suspicions have lately proved to be wrong here: then the next may be, too. */
  boolean isDoubtful(long now) {
    return now - lastFalse < DOUBT_NANOS;
  }

  private boolean foundSilentStream(Suspicion refuted) {
    List<Update.Charge> charges = refuted.charges();
    for (int i = 0; i < charges.size(); i++) {
      if (charges.get(i).accuser() == list.self().handle) {
        return charges.get(i).evidence() == Evidence.SILENT;
      }
    }
    return false;
  }
}
