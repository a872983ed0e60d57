package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.SwimReport.MemberReport;
import io.gossip.swim.SwimReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What this node says of itself: its phase, and the report for people. */
final class Reporter {

  private static final int ISOLATED_AFTER_PERIODS = 5;
  private static final int MOST_PATIENT = 3;
  private static final int RECENT_PERIODS = 10;

  private final long isolatedAfter;
  private final long recent;
  private final Self self;
  private final MembershipList list;
  private final Hearing hearing;
  private final PartitionHold hold;
  private final Trails trails;
  private final PathSizes sizes;
  private final Joining joining;
  private final WatchLinks links;
  private final LocalHealth health;
  private final Dissemination rumors;
  private final Announcements announcements;
  private final Convergence convergence;
  private final LastMinute lastMinute;

  Reporter(
      SwimConfig config,
      Self self,
      MembershipList list,
      Hearing hearing,
      PartitionHold hold,
      Trails trails,
      PathSizes sizes,
      Joining joining,
      WatchLinks links,
      LocalHealth health,
      Dissemination rumors,
      Announcements announcements,
      Convergence convergence,
      LastMinute lastMinute) {
    this.isolatedAfter = ISOLATED_AFTER_PERIODS * config.probeInterval().toNanos();
    this.recent = RECENT_PERIODS * config.probeInterval().toNanos();
    this.self = self;
    this.list = list;
    this.hearing = hearing;
    this.hold = hold;
    this.trails = trails;
    this.sizes = sizes;
    this.joining = joining;
    this.links = links;
    this.health = health;
    this.rumors = rumors;
    this.announcements = announcements;
    this.convergence = convergence;
    this.lastMinute = lastMinute;
  }

  /**
   * Brings the phase up to date, and tells of it when it changes between connected and isolated.
   */
  void settlePhase(long now) {
    if (self.isLeaving() || self.isSilent()) {
      return;
    }
    Phase before = self.phase();
    Phase after = phase(now, before);
    if (after == before) {
      return;
    }
    self.enter(after);
    Member own = list.self().member;
    if (after == Phase.JOINED) {
      if (before != Phase.ISOLATED) {
        hearing.hasCompany(now);
      }
      announcements.add(new MembershipEvent.Connected(own));
    } else if (after == Phase.ISOLATED) {
      announcements.add(new MembershipEvent.Isolated(own));
    }
  }

  private Phase phase(long now, Phase before) {
    boolean knew = before == Phase.JOINED || before == Phase.ISOLATED;
    if (list.activeCount() > 1) {
      boolean isolated = hearing.silence(now) > patience() || hold.mostAreSuspect();
      return knew && isolated ? Phase.ISOLATED : Phase.JOINED;
    }
    return knew && hasDead() ? Phase.ISOLATED : joining.phaseAlone();
  }

  /** The less healthy this node is, the more rarely it probes, and so is heard from. */
  private long patience() {
    return isolatedAfter * (1 + Math.min(health.score(), MOST_PATIENT));
  }

  private boolean hasDead() {
    for (int i = 0; i < list.departedCount(); i++) {
      if (list.departed(i).status() == MemberStatus.DEAD) {
        return true;
      }
    }
    return false;
  }

  SwimReport report(long now) {
    List<MemberReport> members = new ArrayList<>(list.size());
    int heard = 0;
    int agreeing = 0;
    for (Peer peer : list.all()) {
      members.add(member(now, peer));
      boolean recently = peer.lastHeard() != Peer.NEVER && now - peer.lastHeard() <= recent;
      if (recently && peer != list.self() && peer.isActive()) {
        heard++;
        agreeing += peer.viewHash() == list.viewHash() ? 1 : 0;
      }
    }
    members.sort(Comparator.comparing(report -> report.member().id()));
    return new SwimReport(
        self.phase(),
        health.score(),
        rumors.size(),
        heard == 0 ? 1 : (double) agreeing / heard,
        links.up(),
        links.wanted(),
        hold.unreachable(),
        sizes.narrowCount(),
        joining.report(now),
        List.copyOf(members),
        convergence.report(now, heard, agreeing),
        lastMinute.report(now));
  }

  private MemberReport member(long now, Peer peer) {
    Suspicion running = peer.suspicion();
    long roundTrip = peer.roundTrip().smoothedNanos();
    return new MemberReport(
        peer.member,
        Duration.ofNanos(now - peer.since),
        peer.lastHeard() == Peer.NEVER ? null : Duration.ofNanos(now - peer.lastHeard()),
        roundTrip < 0 ? null : Duration.ofNanos(roundTrip),
        trails.accusations(running == null ? peer.charges() : running.charges()),
        peer == list.self() ? health.score() : peer.health());
  }
}
