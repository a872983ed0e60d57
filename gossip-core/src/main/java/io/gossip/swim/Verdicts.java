package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Clue.Note;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Suspicions and what becomes of them: begun by this node or by others, confirmed, ended by a sign
 * of life, or run out (SWIM §4.2, Lifeguard's LHA-Suspicion, and our rules on evidence).
 */
final class Verdicts {

  private static final long HELD_RETRY = 500_000_000L;

  private final SwimConfig config;
  private final MembershipList list;
  private final Dissemination rumors;
  private final ProbeOrder order;
  private final Announcements announcements;
  private final Timers timers;
  private final Hearing hearing;
  private final PartitionHold hold;
  private final SuspicionTerms terms;
  private final VerdictGate gate;
  private final CrashProof crash;
  private final Trails trails;
  private final Signatures signatures;
  private final Witnesses witnesses;
  private final SwimStats stats;

  Verdicts(
      SwimConfig config,
      MembershipList list,
      Dissemination rumors,
      ProbeOrder order,
      Announcements announcements,
      Timers timers,
      Hearing hearing,
      PartitionHold hold,
      LocalHealth health,
      SuspicionTerms terms,
      CrashProof crash,
      Trails trails,
      Signatures signatures,
      Witnesses witnesses,
      SwimStats stats) {
    this.config = config;
    this.list = list;
    this.rumors = rumors;
    this.order = order;
    this.announcements = announcements;
    this.timers = timers;
    this.hearing = hearing;
    this.hold = hold;
    this.signatures = signatures;
    this.witnesses = witnesses;
    this.crash = crash;
    this.terms = terms;
    this.trails = trails;
    this.gate = new VerdictGate(config, list, hearing, health, trails, stats);
    this.stats = stats;
  }

  // Accusations

  /** This node's own probe of the member went unanswered on all paths. */
  void accused(long now, Peer peer, Evidence evidence) {
    if (!peer.isActive()) {
      return;
    }
    if (hearing.holds(now, list.activeCount())) {
      stats.add(Counter.VERDICTS_HELD);
      return;
    }
    if (peer.suspicion() == null) {
      stats.add(Counter.SUSPICIONS);
    }
    accuse(now, peer, peer.incarnation(), List.of(ownCharge(peer, evidence)));
  }

  private Update.Charge ownCharge(Peer peer, Evidence evidence) {
    return signatures.charge(peer.handle, peer.incarnation(), list.self().handle, evidence);
  }

  /**
   * Others accuse the member, in an incarnation not below the known one.
   *
   * @return whether this node, as one of those who come next after it, should look for itself:
   *     crash evidence wants a second observer
   */
  boolean accusedByOthers(long now, Peer peer, int incarnation, List<Update.Charge> charges) {
    if (hold.covers(peer) && !CrashProof.isShown(charges)) {
      return false; // that the zone is cut off is known, and who was heard since is believed
    }
    boolean news = accuse(now, peer, incarnation, charges);
    return news && peer.isActive() && CrashProof.isShown(charges) && crash.isToBeSeen(peer);
  }

  /** Somebody else answers where the member was: it is gone, no suspicion needed. */
  void wrongIdentity(long now, Peer peer) {
    if (peer.isActive()) {
      List<Update.Charge> charges = List.of(ownCharge(peer, Evidence.WRONG_IDENTITY));
      dead(now, peer, peer.incarnation(), charges, Note.REPLACED);
    }
  }

  private boolean accuse(long now, Peer peer, int incarnation, List<Update.Charge> charges) {
    if (hold.covers(peer) && !CrashProof.isShown(charges)) {
      hold(now, peer, charges);
      return false;
    }
    boolean news = false;
    Suspicion running = peer.suspicion();
    boolean begun = false;
    if (running == null || running.incarnation() != incarnation) {
      begun = true;
      running = terms.begin(now, incarnation);
      peer.suspect(running);
    }
    for (int i = 0; i < charges.size(); i++) {
      Update.Charge charge = charges.get(i);
      if (running.accuse(charge)) {
        news = true;
        trails.accused(now, peer, charge, running);
      }
      if (charge.accuser() == list.self().handle && charge.evidence().showsCrash()) {
        news |= running.foundHere();
      }
    }
    if (begun) {
      boolean wasSuspect = peer.status() == MemberStatus.SUSPECT;
      list.replace(now, peer, peer.member.with(MemberStatus.SUSPECT, incarnation));
      if (!wasSuspect) {
        suspected(now, peer, charges);
      }
    }
    hold.suspected(now, peer);
    if (!news && !begun) {
      return false;
    }
    rumors.add(peer.suspected(), running.crashObservers() > 0);
    if (crash.isProven(now, running)) {
      dead(now, peer, incarnation, running.charges(), Note.PROVEN);
    } else {
      arm(peer, Math.max(now, running.deadline()));
    }
    return true;
  }

  /** A member of a zone that is cut off is silent, like the rest of it. */
  private void hold(long now, Peer peer, List<Update.Charge> charges) {
    if (peer.status() == MemberStatus.ALIVE) {
      list.replace(now, peer, peer.member.with(MemberStatus.SUSPECT));
      suspected(now, peer, charges);
    }
  }

  private void suspected(long now, Peer peer, List<Update.Charge> charges) {
    announcements.add(
        new MembershipEvent.Suspected(
            peer.member, trails.accusations(charges), trails.of(now, peer)));
  }

  // Signs of life

  /**
   * The member was heard directly: this node's suspicion ends; others need its higher incarnation.
   * One that was suspected only because of its zone has not been accused to anybody.
   */
  void lives(long now, Peer peer, Note how) {
    if (config.has(Rule.LIFE_EVIDENCE)) {
      acquit(now, peer, how);
    }
  }

  /** This node's suspicion of the member ends, if there is one. */
  void acquit(long now, Peer peer, Note how) {
    if (peer.status() == MemberStatus.SUSPECT) {
      boolean accused = peer.suspicion() != null;
      alive(now, peer, peer.member.with(MemberStatus.ALIVE), how);
      if (accused) {
        rumors.retract(peer.handle);
      } else {
        hold.heard(peer);
      }
    }
  }

  /** The member's record is this one now, ALIVE in a higher incarnation. */
  void alive(long now, Peer peer, Member record) {
    alive(now, peer, record, Note.RAISED);
  }

  private void alive(long now, Peer peer, Member record, Note how) {
    Member before = peer.member;
    Suspicion running = peer.suspicion();
    if (record.incarnation() != before.incarnation()
        && running != null
        && peer.lastHeard() != Peer.NEVER
        && peer.lastHeard() >= running.startedAt()) { // who merely says so may be made up
      witnesses.refuted(now, running.charges());
    }
    if (before.status() == MemberStatus.SUSPECT) {
      trails.refuted(now, peer, how);
    } else if (before.status() == MemberStatus.DEAD) {
      trails.returned(now, peer);
    }
    peer.condemn(List.of());
    list.replace(now, peer, record);
    if (before.status() == MemberStatus.SUSPECT) {
      if (running != null) {
        terms.wrong(now, running);
        stats.add(Counter.FALSE_SUSPICIONS);
      }
      announcements.add(new MembershipEvent.Recovered(peer.member, trails.of(now, peer)));
    } else if (before.status() == MemberStatus.DEAD) {
      stats.add(Counter.FALSE_DEATHS);
      order.add(peer.handle);
      announcements.add(new MembershipEvent.Joined(peer.member, before));
    }
  }

  // The end of a suspicion

  /**
   * A suspicion may have run out.
   *
   * @param due when the timer was to fire that says so
   * @param inputWaiting whether something unread might refute it
   * @param lastLooks last looks that are under way
   * @return whether the caller should take a last look at the member
   */
  boolean expired(long now, Peer peer, long due, boolean inputWaiting, int lastLooks) {
    if (peer.verdictDue() != due) {
      return false;
    }
    peer.setVerdictDue(Peer.NEVER);
    Suspicion running = peer.suspicion();
    if (running == null || peer.isLookedAt()) {
      return false;
    }
    if (running.deadline() > now) {
      arm(peer, running.deadline());
      return false;
    }
    if (hearing.holds(now, list.activeCount())) {
      // Time in which nobody was heard counts against nobody: all have their least time after it.
      stats.add(Counter.VERDICTS_HELD);
      trails.putOff(now, peer, Note.DEAF, 0);
      running.restartAtMinimum(hearing.holdEnds(list.activeCount()));
      arm(peer, running.deadline());
      return false;
    }
    if (running.crashObservers() == 0) {
      // If its zone has to be asked, that goes on during the last look and costs no time.
      hold.permitsVerdict(now, peer);
    }
    long wait =
        gate.postponement(now, peer, running, inputWaiting, lastLooks, terms.isDoubtful(now));
    if (wait > 0) {
      running.postpone(now + wait);
      arm(peer, now + wait);
      return false;
    }
    return true;
  }

  /** Sees to it that the suspicion is looked at by then, with one timer at a time that counts. */
  void arm(Peer peer, long due) {
    if (peer.verdictDue() == Peer.NEVER || due < peer.verdictDue()) {
      peer.setVerdictDue(due);
      timers.at(due, new Timer.SuspicionTimeout(peer.handle, due));
    }
  }

  /** A last look found nothing: the member is dead, on this node's word. */
  void lastLookFailed(long now, Peer peer) {
    Suspicion running = peer.suspicion();
    if (running == null) {
      return;
    }
    if (running.deadline() > now) {
      // Not the suspicion that the look was for: the member refuted that one and is accused anew.
      arm(peer, running.deadline());
      return;
    }
    Note doubt = doubt(now, running);
    if (doubt == null && running.crashObservers() == 0 && !hold.permitsVerdict(now, peer)) {
      stats.add(Counter.VERDICTS_HELD_BY_ZONE);
      doubt = Note.ZONE_SILENT;
    }
    if (doubt != null) {
      trails.putOff(now, peer, doubt, HELD_RETRY);
      arm(peer, now + HELD_RETRY);
      return;
    }
    gate.passed(now);
    stats.add(Counter.DEATHS_DECLARED);
    boolean alone = hearing.hasGivenUp(now, list.activeCount());
    dead(now, peer, running.incarnation(), running.charges(), Note.RAN_OUT);
    if (alone) {
      // It is for this node's own view. When somebody is heard again after all, then it was this
      // node that was cut off, and what it thought of the others must not be believed by them.
      rumors.remove(peer.handle);
    }
  }

  /** What this node doubts of its own ears, after a last look that found nothing. */
  private @Nullable Note doubt(long now, Suspicion running) {
    if (hearing.holds(now, list.activeCount())) {
      return Note.DEAF;
    } else if (hearing.graceUntil() > now) {
      return Note.JUST_PAUSED;
    }
    return gate.wantsAnotherLook(now, running) ? Note.IN_DOUBT : null;
  }

  /** The member is dead because a member that is believed says so. */
  void dead(long now, Peer peer, int incarnation, List<Update.Charge> charges) {
    if (peer.isActive()) {
      trails.condemned(now, peer, charges);
    }
    dead(now, peer, incarnation, charges, Note.TOLD);
  }

  private void dead(long now, Peer peer, int incarnation, List<Update.Charge> charges, Note how) {
    boolean wasActive = peer.isActive();
    if (how == Note.PROVEN || how == Note.REPLACED) {
      stats.add(Counter.DEATHS_PROVEN);
    }
    Suspicion running = peer.suspicion();
    long detection = running == null ? 0 : now - running.startedAt();
    long sinceFirstSign = Math.max(detection, trails.sinceFirstSign(now, peer));
    trails.died(now, peer, how);
    peer.condemn(charges);
    list.replace(now, peer, peer.member.with(MemberStatus.DEAD, incarnation));
    order.remove(peer.handle);
    rumors.add(new Update.Dead(peer.handle, incarnation, peer.charges()), true);
    if (wasActive) {
      announcements.add(
          new MembershipEvent.Failed(
              peer.member,
              trails.accusations(peer.charges()),
              Duration.ofNanos(detection),
              Duration.ofNanos(sinceFirstSign),
              trails.of(now, peer)));
    }
  }

  /** The first packet after a deaf spell: what ran on while nothing could refute it starts over. */
  void endOfDeafness(long now) {
    for (int i = 0; i < list.activeCount(); i++) {
      Suspicion running = list.active(i).suspicion();
      if (running != null) {
        running.restartAtMinimum(now);
        arm(list.active(i), Math.max(now, running.deadline()));
      }
    }
  }
}
