package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This node as a member: what it says of itself, and how it answers what others say of it. Only it
 * raises its incarnation and its generation.
 */
final class Self {

  /** Renewals in one life before it is taken for a conflict (two processes that renew in turns). */
  static final int MAX_RENEWALS = 5;

  private static final long FUTURE_MILLIS = Duration.ofDays(365).toMillis();

  /** A new generation is drawn from so many: two processes that renew must not come to the same. */
  private static final int RENEWAL_SPREAD = 1 << 16;

  /** Least time between two lives that begin because of what is said of this node. */
  private static final long OUTLIVING_PAUSE_NANOS = 1_000_000_000L;

  private final StateWriter writer;
  private final MembershipList list;
  private final Dissemination rumors;
  private final Announcements announcements;
  private final LocalHealth health;
  private final RandomGenerator random;
  private final Signatures signatures;
  private final Convergence convergence;
  private final Sampling sampling;
  private final SwimStats stats;
  private final long startMillis;
  private long startedAt;
  private int renewals;
  private long outlivedAt = Long.MIN_VALUE / 2;
  private Phase phase = Phase.ALONE;

  Self(
      StateWriter writer,
      MembershipList list,
      Dissemination rumors,
      Announcements announcements,
      LocalHealth health,
      RandomGenerator random,
      Signatures signatures,
      Convergence convergence,
      Sampling sampling,
      SwimStats stats) {
    this.writer = writer;
    this.list = list;
    this.rumors = rumors;
    this.announcements = announcements;
    this.health = health;
    this.random = random;
    this.signatures = signatures;
    this.convergence = convergence;
    this.sampling = sampling;
    this.stats = stats;
    this.startMillis = list.self().member.generation();
  }

  /** The inputs begin; the generation is the wall clock's time now. */
  void start(long now) {
    startedAt = now;
  }

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
  }

  /** Whether it no longer wants to be taken for alive. */
  boolean isLeaving() {
    return phase == Phase.LEAVING || phase == Phase.LEFT;
  }

  /** Whether it takes no part: it has lost its name to another process. */
  boolean isSilent() {
    return phase == Phase.CONFLICT;
  }

  /** Whether a generation is more than a year ahead of this node's clock. */
  boolean isFuture(long now, long generation) {
    return generation - wallMillis(now) > FUTURE_MILLIS;
  }

  /** Others accuse this node in this incarnation: it refutes with a higher one (SWIM §4.2). */
  void accused(long now, int incarnation) {
    Peer self = list.self();
    if (isLeaving() || isSilent() || Integer.compareUnsigned(incarnation, self.incarnation()) < 0) {
      return;
    }
    health.add(1);
    refute(now, incarnation);
  }

  /** Somebody holds it for dead, and nobody answers for that: no reason to doubt itself. */
  void refuteBareWord(long now) {
    if (!isLeaving() && !isSilent()) {
      refute(now, list.self().incarnation());
    }
  }

  /** Somebody is behind the times: the record is told again. */
  void remind() {
    if (!isLeaving() && !isSilent()) {
      rumors.add(list.self().alive(), false);
    }
  }

  /**
   * A record under this node's own name was heard.
   *
   * @return whether it is of a newer life elsewhere, and it has to be found out if that still lives
   */
  boolean heardOwnRecord(long now, Update.Alive update) {
    Peer self = list.self();
    if (isLeaving() || isSilent()) {
      return false;
    }
    long generation = self.member.generation();
    if (update.generation() < generation) {
      rumors.add(self.alive(), false);
    } else if (update.generation() > generation) {
      if (!update.address().equals(self.address())) {
        return true;
      }
      outlive(now, update.generation());
    } else if (Integer.compareUnsigned(update.incarnation(), self.incarnation()) > 0
        || (update.incarnation() == self.incarnation()
            && !update.address().equals(self.address()))) {
      refute(now, update.incarnation());
    }
    return false;
  }

  /** Others believe that this life has left, which is final: a new one begins. */
  void saidToHaveLeft(long now) {
    if (!isLeaving() && !isSilent()) {
      outlive(now, list.self().member.generation());
    }
  }

  /**
   * A new generation above {@code generation}; too many of them are a conflict with whoever listens
   * at {@code other}.
   */
  void renew(long now, long generation, InetSocketAddress other) {
    if (generation < list.self().member.generation()) {
      return; // renewed beyond it already
    }
    if (++renewals > MAX_RENEWALS) {
      conflict(other);
      return;
    }
    begin(now, Math.max(generation + 1 + random.nextInt(RENEWAL_SPREAD), wallMillis(now)));
  }

  /**
   * A new generation above {@code generation}, where nobody else bears the name: what is said of
   * this node cannot be refuted in its present life, whoever said it. That silences nobody, however
   * often it comes. Nothing is done within a second of the last time, as whoever believes it says
   * so again.
   */
  void outlive(long now, long generation) {
    if (now - outlivedAt >= OUTLIVING_PAUSE_NANOS) {
      outlivedAt = now;
      long highest = Math.max(generation, list.self().member.generation());
      begin(now, Math.max(highest + 1, wallMillis(now)));
    }
  }

  private void begin(long now, long renewed) {
    Peer former = list.self();
    Member member = former.member;
    Member record =
        new Member(
            member.id(),
            renewed,
            0,
            MemberStatus.ALIVE,
            member.address(),
            member.zone(),
            member.protocol(),
            member.stateVersion(),
            member.state());
    long handle = record.identity().handle();
    Peer peer = new Peer(record, handle, signatures.sign(handle, writer.state()), now);
    signatures.sign(peer);
    rumors.remove(former.handle);
    list.renewSelf(now, peer);
    announce();
  }

  /** Another live process bears this name: this node falls silent. */
  void conflict(InetSocketAddress other) {
    if (phase != Phase.CONFLICT) {
      phase = Phase.CONFLICT;
      announcements.add(new MembershipEvent.Conflict(list.self().member, other));
    }
  }

  /** Tells everybody about this node: its record and, if it has any, its state. */
  void announce() {
    Peer self = list.self();
    rumors.add(self.alive(), true);
    self.spreadState(rumors, 1);
  }

  /**
   * Changes the own state and tells everybody.
   *
   * @throws IllegalArgumentException if a limit would be exceeded
   */
  void write(long now, Map<String, @Nullable String> changes) {
    if (!writer.write(now, changes)) {
      return;
    }
    Peer self = list.self();
    Member former = self.member;
    long formerHash = list.viewHash();
    list.replaceState(now, self, signatures.sign(self.handle, writer.state()));
    announcements.add(new MembershipEvent.Updated(self.member, former));
    self.spreadState(rumors, 1);
    convergence.changed(now, formerHash);
    sampling.begin(now);
  }

  /** This node counts itself out: its record says LEFT from now on. */
  void leave(long now) {
    Peer self = list.self();
    phase = Phase.LEAVING;
    list.replace(now, self, self.member.with(MemberStatus.LEFT));
    signatures.signLeft(self);
    rumors.remove(self.handle);
    rumors.add(self.left(), true);
  }

  /** Deletions that everybody has had time to learn are forgotten. */
  void purge(long now, long graceNanos) {
    if (writer.purge(now, graceNanos)) {
      Peer self = list.self();
      self.state = signatures.sign(self.handle, writer.state());
    }
  }

  private void refute(long now, int incarnation) {
    Peer self = list.self();
    int highest =
        Integer.compareUnsigned(incarnation, self.incarnation()) > 0
            ? incarnation
            : self.incarnation();
    stats.add(Counter.REFUTATIONS);
    if (Integer.compareUnsigned(highest, -2) >= 0) {
      outlive(now, self.member.generation());
      return;
    }
    list.replace(now, self, self.member.with(MemberStatus.ALIVE, highest + 1));
    signatures.sign(self);
    rumors.add(self.alive(), true);
  }

  private long wallMillis(long now) {
    return startMillis + (now - startedAt) / 1_000_000;
  }
}
