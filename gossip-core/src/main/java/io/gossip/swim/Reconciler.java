package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.Precedence;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.Protocol;
import io.gossip.wire.Update;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is heard about members into the list, by precedence, and draws the consequences:
 * rumors, events, suspicions begun and ended.
 *
 * <p>What it is told here is another member's word; what this node found out itself goes through
 * {@link Verdicts}.
 */
final class Reconciler {

  /** What the caller has to do after an update has been applied. */
  enum Outcome {
    /** Nothing. */
    NONE,
    /** The member itself should be asked at once: the news contradicts what was heard from it. */
    VERIFY,
    /** The state that came has a gap before it: the missing entries should be fetched. */
    GAP
  }

  private final SwimConfig config;
  private final Self self;
  private final Rivalry rivalry;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final LastWords lastWords;
  private final Verdicts verdicts;
  private final Dissemination rumors;
  private final ProbeOrder order;
  private final Announcements announcements;
  private final SwimStats stats;

  Reconciler(
      SwimConfig config,
      Self self,
      Rivalry rivalry,
      MembershipList list,
      Tombstones tombstones,
      LastWords lastWords,
      Verdicts verdicts,
      Dissemination rumors,
      ProbeOrder order,
      Announcements announcements,
      SwimStats stats) {
    this.config = config;
    this.self = self;
    this.rivalry = rivalry;
    this.list = list;
    this.tombstones = tombstones;
    this.lastWords = lastWords;
    this.verdicts = verdicts;
    this.rumors = rumors;
    this.order = order;
    this.announcements = announcements;
    this.stats = stats;
  }

  /**
   * Applies one update.
   *
   * @param spread whether what is news here is passed on; not for the pages of a join, which
   *     everybody else has
   */
  Outcome apply(long now, Update update, boolean spread) {
    if (update instanceof Update.Alive alive) {
      alive(now, alive, spread);
      return Outcome.NONE;
    } else if (update instanceof Update.State state) {
      return state(now, state, spread);
    } else if (update instanceof Update.Suspect suspect) {
      return suspect(now, suspect);
    } else if (update instanceof Update.Dead dead) {
      return dead(now, dead);
    } else if (update instanceof Update.Refuted refuted) {
      refuted(now, refuted, spread);
      return Outcome.NONE;
    } else if (update instanceof Update.Left left) {
      left(now, left);
      return Outcome.NONE;
    }
    throw new AssertionError(update);
  }

  /** A member says, directly or through others, that it is alive; returns it if it is kept now. */
  @Nullable Peer alive(long now, Update.Alive update, boolean spread) {
    if (self.isFuture(now, update.generation())) {
      stats.drop(Drop.FUTURE);
      return null;
    }
    if (update.id().equals(list.self().member.id())) {
      if (self.heardOwnRecord(now, update)) {
        rivalry.contested(now, update);
      }
      return null;
    }
    Peer known = list.find(update.id());
    long newest = known == null ? 0 : known.member.generation();
    if (Math.max(newest, tombstones.endedGeneration(update.id())) > update.generation()) {
      lastWords.superseded(now, update);
      return null;
    }
    if (known != null && newest == update.generation()) {
      return sameLife(now, known, update, spread);
    }
    long handle = update.handle();
    return isEnded(handle, update.incarnation())
        ? null
        : newLife(now, known, update, handle, spread);
  }

  /**
   * The joiner that was just reached at its address takes it over: whoever else was known there is
   * gone.
   */
  void takesAddress(long now, Peer owner) {
    // The list indexes one member by address, the newest; a former owner is found by looking
    // through all.
    for (int i = list.activeCount() - 1; i >= 0; i--) {
      Peer other = list.active(i);
      if (other != owner && other != list.self() && other.address().equals(owner.address())) {
        verdicts.wrongIdentity(now, other);
      }
    }
  }

  /** A departed member is no longer kept; that it ended is still known. */
  void forget(long now, Peer departed) {
    list.remove(now, departed);
    tombstones.add(
        new Tombstone(
            departed.handle,
            departed.member.id(),
            departed.member.generation(),
            departed.incarnation(),
            departed.status(),
            departed.since));
    announcements.add(new MembershipEvent.Forgotten(departed.member));
  }

  private boolean isEnded(long handle, int incarnation) {
    Tombstone end = tombstones.find(handle);
    return end != null
        && Precedence.compare(incarnation, MemberStatus.ALIVE, end.incarnation(), end.status()) < 0;
  }

  private @Nullable Peer sameLife(long now, Peer known, Update.Alive update, boolean spread) {
    if (Precedence.compare(
            update.incarnation(), MemberStatus.ALIVE, known.incarnation(), known.status())
        <= 0) {
      return known.isActive() ? known : null;
    }
    Member before = known.member;
    Member after = record(update, known.state);
    if (!before.address().equals(after.address())) {
      known.setEchoed(false);
    }
    verdicts.alive(now, known, after);
    boolean moved =
        !(before.address().equals(after.address()) && before.zone().equals(after.zone()));
    if (before.status().isActive() && moved) {
      announcements.add(new MembershipEvent.Updated(after, before));
    }
    if (spread) {
      rumors.add(moved ? known.alive() : known.refuted(), true);
    }
    return known;
  }

  private @Nullable Peer newLife(
      long now, @Nullable Peer former, Update.Alive update, long handle, boolean spread) {
    if (former == null && list.size() >= config.maxMembers()) {
      stats.drop(Drop.LIMIT);
      return null;
    }
    tombstones.remove(handle);
    Peer peer = new Peer(record(update, VersionedState.NONE), handle, now);
    if (former == null) {
      list.add(now, peer);
      announcements.add(new MembershipEvent.Joined(peer.member));
    } else {
      boolean wasActive = former.isActive();
      list.remove(now, former);
      order.remove(former.handle);
      rumors.remove(former.handle);
      tombstones.add(
          new Tombstone(
              former.handle,
              former.member.id(),
              former.member.generation(),
              former.incarnation(),
              MemberStatus.LEFT,
              now));
      list.add(now, peer);
      announcements.add(
          wasActive
              ? new MembershipEvent.Restarted(peer.member, former.member)
              : new MembershipEvent.Joined(peer.member, former.member));
    }
    order.add(peer.handle);
    if (spread) {
      rumors.add(peer.alive(), true);
    }
    return peer;
  }

  private Member record(Update.Alive update, VersionedState state) {
    return new Member(
        update.id(),
        update.generation(),
        update.incarnation(),
        MemberStatus.ALIVE,
        update.address(),
        list.zoneName(update.zone()),
        update.protocol().equals(Protocol.RANGE) ? Protocol.RANGE : update.protocol(),
        state.version(),
        state.view());
  }

  private Outcome state(long now, Update.State update, boolean spread) {
    Peer peer = list.find(update.handle());
    if (peer == null || peer == list.self() || !peer.isActive()) {
      stats.drop(Drop.UNKNOWN);
      return Outcome.NONE;
    }
    VersionedState.Outcome outcome = peer.state.with(update);
    VersionedState.Applied applied = outcome.applied();
    switch (applied) {
      case OLD -> {
        return Outcome.NONE;
      }
      case PARTIAL -> {
        peer.state = outcome.state();
        return Outcome.NONE;
      }
      case GAP -> {
        return Outcome.GAP;
      }
      case ADVANCED, CHANGED -> {
        Member before = peer.member;
        list.replaceState(now, peer, outcome.state());
        if (applied == VersionedState.Applied.CHANGED) {
          announcements.add(new MembershipEvent.Updated(peer.member, before));
        }
        if (spread) {
          peer.spreadState(rumors);
        }
        return Outcome.NONE;
      }
    }
    throw new AssertionError(applied);
  }

  private void refuted(long now, Update.Refuted update, boolean spread) {
    Peer peer = list.find(update.handle());
    if (peer == null || peer == list.self() || peer.status() == MemberStatus.LEFT) {
      stats.drop(Drop.UNKNOWN);
    } else {
      raised(now, peer, update.incarnation(), spread);
    }
  }

  /**
   * A member has raised its incarnation, if that is news here. Only a member itself does, so it
   * does not matter who says so.
   */
  void raised(long now, Peer peer, int incarnation, boolean spread) {
    if (Integer.compareUnsigned(incarnation, peer.incarnation()) > 0) {
      verdicts.alive(now, peer, peer.member.with(MemberStatus.ALIVE, incarnation));
      if (spread) {
        rumors.add(peer.refuted(), true);
      }
    }
  }

  private Outcome suspect(long now, Update.Suspect update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      stats.drop(Drop.UNKNOWN);
      return Outcome.NONE;
    }
    if (peer == list.self()) {
      self.accused(now, update.incarnation());
      return Outcome.NONE;
    }
    if (Precedence.compare(
            update.incarnation(), MemberStatus.SUSPECT, peer.incarnation(), peer.status())
        < 0) {
      return Outcome.NONE;
    }
    if (update.incarnation() != peer.incarnation()) {
      // Only the member raises its incarnation: it has refuted what was known, and is accused anew.
      verdicts.alive(now, peer, peer.member.with(MemberStatus.ALIVE, update.incarnation()));
    } else if (contradictsOwnEars(now, peer, update.incarnation())) {
      // If everybody asked, one bad connection would be probed by all of the cluster again and
      // again.
      return verdicts.isNextAfter(peer) ? Outcome.VERIFY : Outcome.NONE;
    }
    return verdicts.accusedByOthers(now, peer, update.incarnation(), update.charges())
        ? Outcome.VERIFY
        : Outcome.NONE;
  }

  private Outcome dead(long now, Update.Dead update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      bury(now, update.handle(), update.incarnation(), MemberStatus.DEAD);
      return Outcome.NONE;
    }
    if (peer == list.self()) {
      self.accused(now, update.incarnation());
      return Outcome.NONE;
    }
    if (Precedence.compare(
            update.incarnation(), MemberStatus.DEAD, peer.incarnation(), peer.status())
        <= 0) {
      return Outcome.NONE;
    }
    if (peer.isActive() && contradictsOwnEars(now, peer, update.incarnation())) {
      if (!update.charges().isEmpty()) { // nobody answers for a death that comes without
        verdicts.accusedByOthers(now, peer, update.incarnation(), update.charges());
      }
      return Outcome.VERIFY;
    }
    verdicts.dead(now, peer, update.incarnation(), update.charges());
    return Outcome.NONE;
  }

  private void left(long now, Update.Left update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      bury(now, update.handle(), update.incarnation(), MemberStatus.LEFT);
      return;
    }
    if (peer == list.self()) {
      self.saidToHaveLeft(now);
      return;
    }
    if (peer.status() == MemberStatus.LEFT) {
      return;
    }
    boolean wasActive = peer.isActive();
    peer.endSuspicion();
    list.replace(now, peer, peer.member.with(MemberStatus.LEFT, update.incarnation()));
    order.remove(peer.handle);
    rumors.add(update, true);
    if (wasActive) {
      announcements.add(new MembershipEvent.Left(peer.member));
    }
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

  private void bury(long now, long handle, int incarnation, MemberStatus status) {
    Tombstone known = tombstones.find(handle);
    if (known == null
        || Precedence.compare(incarnation, status, known.incarnation(), known.status()) > 0) {
      tombstones.add(new Tombstone(handle, null, 0, incarnation, status, now));
    }
  }
}
