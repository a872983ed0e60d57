package io.gossip.spring.damping;

import io.gossip.membership.Member;
import java.net.InetSocketAddress;

/** What is remembered of a member that has been missed. Not thread-safe. */
final class Endpoint {

  /** Whether it is missed at present, and how. */
  enum Absence {
    /** It is not, or nobody here is to blame. */
    NONE,
    /** Under suspicion. */
    SILENT,
    /** Declared dead. */
    FAILED
  }

  private final double halfLifeNanos;
  private InetSocketAddress address;
  private long generation;
  private Absence absence = Absence.NONE;
  private double score;
  private long scoredAt;
  private boolean damped;
  private long dampedUntil;

  Endpoint(Member member, double halfLifeNanos) {
    this.address = member.address();
    this.generation = member.generation();
    this.halfLifeNanos = halfLifeNanos;
  }

  InetSocketAddress address() {
    return address;
  }

  long generation() {
    return generation;
  }

  Absence absence() {
    return absence;
  }

  void absent(Absence how) {
    absence = how;
  }

  /** Takes the member as it stands now. */
  void update(Member member) {
    address = member.address();
    generation = member.generation();
  }

  double score(long now) {
    return score * Math.pow(2, -(now - scoredAt) / halfLifeNanos);
  }

  void add(double penalty, double ceiling, long now) {
    score = Math.min(ceiling, score(now) + penalty);
    scoredAt = now;
  }

  /** Puts it last until its score has halved down to {@code reuse}. */
  void damp(double reuse, long now) {
    damped = true;
    dampedUntil = now + (long) (halfLifeNanos * Math.log(score / reuse) / Math.log(2));
  }

  boolean isDamped(long now) {
    return damped && dampedUntil - now > 0;
  }

  long dampedUntil() {
    return dampedUntil;
  }
}
