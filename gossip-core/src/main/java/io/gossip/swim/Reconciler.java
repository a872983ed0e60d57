package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.Precedence;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.OwnerKey;
import io.gossip.wire.Protocol;
import io.gossip.wire.Signature;
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
    /** Others found its process gone: it should be looked for at once, on all ways. */
    LOOK,
    /** The state that came has a gap before it: the missing entries should be fetched. */
    GAP
  }

  private final Self self;
  private final Rivalry rivalry;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final Forgetting forgetting;
  private final LastWords lastWords;
  private final Verdicts verdicts;
  private final Dissemination rumors;
  private final ProbeOrder order;
  private final Announcements announcements;
  private final Signatures signatures;
  private final Source source;
  private final Complaints complaints;
  private final Allegations allegations;
  private final Trails trails;
  private final Convergence convergence;
  private final Output output;
  private final SwimStats stats;

  Reconciler(
      Self self,
      Rivalry rivalry,
      MembershipList list,
      Tombstones tombstones,
      Forgetting forgetting,
      LastWords lastWords,
      Verdicts verdicts,
      Dissemination rumors,
      ProbeOrder order,
      Announcements announcements,
      Signatures signatures,
      Source source,
      Complaints complaints,
      Allegations allegations,
      Trails trails,
      Convergence convergence,
      Output output,
      SwimStats stats) {
    this.self = self;
    this.rivalry = rivalry;
    this.list = list;
    this.tombstones = tombstones;
    this.forgetting = forgetting;
    this.lastWords = lastWords;
    this.verdicts = verdicts;
    this.rumors = rumors;
    this.order = order;
    this.announcements = announcements;
    this.signatures = signatures;
    this.source = source;
    this.allegations = allegations;
    this.trails = trails;
    this.convergence = convergence;
    this.output = output;
    this.complaints = complaints;
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
      return allegations.suspect(now, suspect);
    } else if (update instanceof Update.Dead dead) {
      return allegations.dead(now, dead);
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
      Peer own = list.self();
      // A former life had a key of its own; it is only told of this one.
      if (update.generation() >= own.member.generation() && !signatures.admits(update, own)) {
        complaints.forged("a record", update.id());
      } else if (self.heardOwnRecord(now, update)) {
        rivalry.contested(now, update);
      }
      return null;
    }
    Peer known = list.find(update.id());
    long newest = known == null ? 0 : known.member.generation();
    if (Math.max(newest, tombstones.endedGeneration(update.id())) > update.generation()) {
      if (!signatures.areRequired()) { // nobody has checked it
        lastWords.superseded(now, update);
      }
      return null;
    }
    if (known != null && newest == update.generation()) {
      return sameLife(now, known, update, spread);
    }
    long handle = update.handle();
    if (isEnded(handle, update.incarnation()) || !isGenuine(update, known)) {
      return null;
    }
    return newLife(now, known, update, handle, spread);
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
    if (!isGenuine(update, known)) {
      return null;
    }
    Member before = known.member;
    Member after = record(update, known.state);
    if (!before.address().equals(after.address()) && !output.accepts(after)) {
      stats.drop(Drop.FILTERED);
      return known.isActive() ? known : null;
    }
    known.credential = credential(update);
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
    if (former == null && !forgetting.hasRoom(now)) {
      stats.drop(Drop.LIMIT);
      return null;
    }
    Member member = record(update);
    if (!output.accepts(member)) {
      stats.drop(Drop.FILTERED);
      return null;
    }
    tombstones.remove(handle);
    Peer peer = new Peer(member, handle, now);
    peer.credential = credential(update);
    if (former == null) {
      list.add(now, peer);
      announcements.add(new MembershipEvent.Joined(peer.member));
    } else {
      boolean wasActive = former.isActive();
      trails.restarted(now, former, peer);
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

  private boolean isGenuine(Update.Alive update, @Nullable Peer bearer) {
    if (signatures.check() && !Signatures.mayBear(update, bearer)) {
      stats.drop(Drop.FORGED); // as of a process that was killed and is back: nobody lies
      return false;
    }
    boolean genuine = signatures.admits(update, bearer);
    if (!genuine) {
      complaints.forged("a record", update.id());
    }
    return genuine;
  }

  private static @Nullable Credential credential(Update.Alive update) {
    OwnerKey owner = update.owner();
    Signature signature = update.signature();
    return owner == null || signature == null ? null : new Credential(owner, signature);
  }

  /** The member as it announces itself, without state. */
  Member record(Update.Alive update) {
    return record(update, VersionedState.NONE);
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
    Source.Key from = signatures.check() ? source.key() : null;
    VersionedState.Outcome outcome = peer.state.with(update, from);
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
        if (!signatures.admits(peer, outcome.state().copy())) {
          complaints.forged("a state", peer.member.id());
          peer.state = peer.state.without(from); // a part of it may be what was forged
          return Outcome.NONE;
        }
        Member before = peer.member;
        list.replaceState(now, peer, outcome.state());
        if (applied == VersionedState.Applied.CHANGED) {
          announcements.add(new MembershipEvent.Updated(peer.member, before));
        }
        if (update.hops() > 0) {
          convergence.came(update.hops());
        }
        if (spread) {
          peer.spreadState(rumors, update.hops() == 0 ? 0 : update.hops() + 1);
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
    } else if (Integer.compareUnsigned(update.incarnation(), peer.incarnation()) > 0) {
      if (!signatures.admits(peer, update)) {
        complaints.forged("a refutation", peer.member.id());
        return;
      }
      Credential known = peer.credential;
      Signature signature = update.signature();
      raise(now, peer, update.incarnation());
      if (known != null && signature != null) {
        peer.credential = new Credential(known.owner(), signature);
      }
      if (spread) {
        rumors.add(peer.refuted(), true);
      }
    }
  }

  /**
   * A member has raised its incarnation, if that is news here. Only a member itself does, so it
   * does not matter who says so, unless it signs.
   *
   * @return whether that is what is known of it now
   */
  boolean raised(long now, Peer peer, int incarnation, boolean spread) {
    if (peer.credential != null || Integer.compareUnsigned(incarnation, peer.incarnation()) <= 0) {
      return false;
    }
    raise(now, peer, incarnation);
    if (spread) {
      rumors.add(peer.refuted(), true);
    }
    return true;
  }

  private void raise(long now, Peer peer, int incarnation) {
    verdicts.alive(now, peer, peer.member.with(MemberStatus.ALIVE, incarnation));
  }

  private void left(long now, Update.Left update) {
    Peer peer = list.find(update.handle());
    if (peer == null) {
      allegations.bury(now, update.handle(), update.incarnation(), MemberStatus.LEFT);
      return;
    }
    if (peer.status() == MemberStatus.LEFT && peer != list.self()) {
      return;
    }
    if (!signatures.admits(peer, update)) {
      complaints.forged("a leave", peer.member.id());
      return;
    }
    if (peer == list.self()) {
      self.saidToHaveLeft(now);
      return;
    }
    Credential known = peer.credential;
    if (known != null) {
      peer.credential = new Credential(known.owner(), known.record(), update.signature());
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
}
