package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.membership.Precedence;
import io.gossip.swim.Reconciler.Outcome;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.Update;
import java.util.List;

/**
 * What others say against members: that they are suspect, dead, gone. Believed by precedence, after
 * this node's own ears, and, where members sign, of nobody but enough witnesses.
 */
final class Allegations {

  /** How often a word that nobody answers for is answered, where members sign: a second. */
  private static final int BARE_WORDS = 1;

  private final SwimConfig config;
  private final Self self;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final Verdicts verdicts;
  private final CrashProof crash;
  private final Witnesses witnesses;
  private final SwimStats stats;
  private final TokenBucket bareWords = new TokenBucket(3 * BARE_WORDS, BARE_WORDS);

  Allegations(
      SwimConfig config,
      Self self,
      MembershipList list,
      Tombstones tombstones,
      Verdicts verdicts,
      CrashProof crash,
      Witnesses witnesses,
      SwimStats stats) {
    this.config = config;
    this.self = self;
    this.list = list;
    this.tombstones = tombstones;
    this.verdicts = verdicts;
    this.crash = crash;
    this.witnesses = witnesses;
    this.stats = stats;
  }

  /** Others suspect a member. */
  Outcome suspect(long now, Update.Suspect update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      stats.drop(Drop.UNKNOWN);
      return Outcome.NONE;
    }
    if (peer == list.self()) {
      accused(now, update.incarnation(), update.charges());
      return Outcome.NONE;
    }
    if (Precedence.compare(
            update.incarnation(), MemberStatus.SUSPECT, peer.incarnation(), peer.status())
        < 0) {
      return Outcome.NONE;
    }
    List<Update.Charge> charges = heard(now, peer, update.incarnation(), update.charges());
    if (charges.isEmpty()) {
      return Outcome.NONE;
    }
    if (update.incarnation() != peer.incarnation()) {
      if (peer.credential != null) {
        return Outcome.NONE; // its own word is needed first
      }
      // Only the member raises its incarnation: it has refuted what was known, and is accused anew.
      verdicts.alive(now, peer, peer.member.with(MemberStatus.ALIVE, update.incarnation()));
    } else if (contradictsOwnEars(now, peer, update.incarnation())) {
      // If everybody asked, one bad connection would be probed by all of the cluster again and
      // again.
      return crash.isNextAfter(peer) ? Outcome.VERIFY : Outcome.NONE;
    }
    return verdicts.accusedByOthers(now, peer, update.incarnation(), charges)
        ? lookFor()
        : Outcome.NONE;
  }

  /** Where others' word is no proof, an own finding is waited for. */
  private Outcome lookFor() {
    return witnesses.mustBeMany() ? Outcome.LOOK : Outcome.VERIFY;
  }

  private List<Update.Charge> heard(
      long now, Peer peer, int incarnation, List<Update.Charge> charges) {
    Suspicion running = peer.suspicion();
    boolean same = running != null && running.incarnation() == incarnation;
    return witnesses.heard(now, peer.handle, incarnation, charges, same ? running : null);
  }

  /**
   * This node is accused. Where members sign, nobody can know of an incarnation that it has not
   * been in, and what nobody answers for is answered now and then only.
   */
  private void accused(long now, int incarnation, List<Update.Charge> charges) {
    Peer own = list.self();
    if (witnesses.mustBeMany()) {
      List<Update.Charge> heard = heard(now, own, incarnation, charges);
      boolean bare = charges.isEmpty() && bareWords.take(now, 1);
      if (Integer.compareUnsigned(incarnation, own.incarnation()) < 0 && bare) {
        self.remind();
      } else if (incarnation == own.incarnation() && bare) {
        self.refuteBareWord(now);
      } else if (incarnation == own.incarnation() && !heard.isEmpty()) {
        witnesses.refuted(now, heard);
        self.accused(now, incarnation);
      }
      return;
    }
    self.accused(now, incarnation);
  }

  /** Others declare a member dead. */
  Outcome dead(long now, Update.Dead update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      bury(now, update.handle(), update.incarnation(), MemberStatus.DEAD);
      return Outcome.NONE;
    }
    if (peer == list.self()) {
      accused(now, update.incarnation(), update.charges());
      return Outcome.NONE;
    }
    if (Precedence.compare(
            update.incarnation(), MemberStatus.DEAD, peer.incarnation(), peer.status())
        <= 0) {
      return Outcome.NONE;
    }
    List<Update.Charge> charges = heard(now, peer, update.incarnation(), update.charges());
    if (peer.credential != null && update.incarnation() != peer.incarnation()) {
      return Outcome.NONE; // its own word is needed first
    }
    boolean proven = !witnesses.mustBeMany() || witnesses.areEnough(now, charges);
    boolean contradicted = peer.isActive() && contradictsOwnEars(now, peer, update.incarnation());
    if (contradicted || !proven) {
      boolean look = false;
      if (!charges.isEmpty()) { // nobody answers for a death that comes without
        look = verdicts.accusedByOthers(now, peer, update.incarnation(), charges);
      }
      if (proven) {
        return Outcome.VERIFY;
      }
      return look ? lookFor() : Outcome.NONE;
    }
    verdicts.dead(now, peer, update.incarnation(), charges);
    return Outcome.NONE;
  }

  /**
   * Whether the member was heard directly within the last period and nothing newer than that is
   * said of it: our own ears are believed until they have been used again.
   */
  private boolean contradictsOwnEars(long now, Peer peer, int incarnation) {
    return config.has(Rule.OWN_EARS)
        && peer.status() == MemberStatus.ALIVE
        && incarnation == peer.incarnation()
        && peer.lastHeard() != Peer.NEVER
        && now - peer.lastHeard() < config.probeInterval().toNanos();
  }

  /**
   * Somebody who is not known has ended. Remembered, unless members sign: whose word cannot be
   * checked would keep others out.
   */
  void bury(long now, long handle, int incarnation, MemberStatus status) {
    if (witnesses.mustBeMany()) {
      stats.drop(Drop.UNKNOWN);
      return;
    }
    Tombstone known = tombstones.find(handle);
    if (known == null
        || Precedence.compare(incarnation, status, known.incarnation(), known.status()) > 0) {
      tombstones.add(new Tombstone(handle, null, 0, incarnation, status, now));
    }
  }
}
