package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Message.Offer;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this view and another differ in, as far as a digest or an offer of the other shows: what
 * each has more of. It changes neither; what is to be done about it is up to {@link AntiEntropy}.
 */
final class Comparison {

  /** Up to so many differences are settled by records at once. */
  static final int FEW = 4;

  private static final int MAX_OFFERED = 512;
  private static final long UNKNOWN = -1;
  private static final long GREETING_NANOS = 2_000_000_000L;
  private static final long FRESH_NANOS = 10_000_000_000L;

  /** What the other should know of members that are not active here. */
  final List<Message> news = new ArrayList<>();

  /** What the other has more of, as it is held here: to be fetched. */
  final List<DigestEntry> wanted = new ArrayList<>();

  /** Members in incarnations that are news here. */
  final List<DigestEntry> raised = new ArrayList<>();

  /** Members that the other did not list: it does not know them, or holds them for gone. */
  final List<DigestEntry> unlisted = new ArrayList<>();

  /** Members that the other listed in an older version. */
  final List<DigestEntry> outdated = new ArrayList<>();

  /** The records of the unlisted and outdated, if they are few. */
  final List<Message> records = new ArrayList<>();

  /** Members to be greeted: dead here, alive there. */
  final List<Peer> doubtful = new ArrayList<>();

  private final long now;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final LastWords lastWords;
  private final Signatures signatures;
  private final int runBytes;

  /**
   * Nothing is compared yet.
   *
   * @param runBytes largest run of state in one message
   */
  Comparison(
      long now,
      MembershipList list,
      Tombstones tombstones,
      LastWords lastWords,
      Signatures signatures,
      int runBytes) {
    this.signatures = signatures;
    this.runBytes = runBytes;
    this.now = now;
    this.list = list;
    this.tombstones = tombstones;
    this.lastWords = lastWords;
  }

  /** How many members this node has more of than the other. */
  int offered() {
    return unlisted.size() + outdated.size();
  }

  int differences() {
    return wanted.size() + raised.size() + offered();
  }

  /** All that is in the range of the digest. */
  void with(Digest digest) {
    Iterator<Peer> ours = list.kept(digest.from(), digest.to()).iterator();
    @Nullable Peer own = nextActive(ours);
    for (DigestEntry theirs : digest.entries()) {
      while (own != null && Long.compareUnsigned(own.handle, theirs.handle()) < 0) {
        unlisted(own);
        own = nextActive(ours);
      }
      if (own != null && own.handle == theirs.handle()) {
        moreHere(own, theirs);
        moreThere(own, theirs);
        own = nextActive(ours);
      } else {
        notActiveHere(theirs);
      }
    }
    while (own != null) {
      unlisted(own);
      own = nextActive(ours);
    }
  }

  /** What is offered, and nothing else. */
  void with(Offer offer) {
    for (DigestEntry theirs : offer.entries()) {
      Peer own = list.find(theirs.handle());
      if (own != null && own.isActive()) {
        moreThere(own, theirs);
      } else {
        notActiveHere(theirs);
      }
    }
  }

  private static @Nullable Peer nextActive(Iterator<Peer> peers) {
    while (peers.hasNext()) {
      Peer peer = peers.next();
      if (peer.isActive()) {
        return peer;
      }
    }
    return null;
  }

  private void unlisted(Peer own) {
    if (offered() < MAX_OFFERED) {
      unlisted.add(Digests.entry(own));
      if (offered() <= FEW) {
        record(own, 0, runBytes, records);
      }
    }
  }

  private void moreHere(Peer own, DigestEntry theirs) {
    boolean raisedHere = Integer.compareUnsigned(own.incarnation(), theirs.incarnation()) > 0;
    if (!raisedHere && own.member.stateVersion() <= theirs.stateVersion()) {
      return;
    }
    outdated.add(Digests.entry(own));
    if (offered() <= FEW) {
      if (raisedHere) {
        records.add(own.alive());
      }
      records.addAll(own.state.all(own.handle, theirs.stateVersion(), runBytes));
    }
  }

  /**
   * Only a member itself raises its incarnation, so that somebody holds it for active in a higher
   * one is all there is to know about that, unless it signs; a state has to be fetched.
   */
  private void moreThere(Peer own, DigestEntry theirs) {
    if (own == list.self()) {
      return;
    }
    boolean raisedThere = Integer.compareUnsigned(own.incarnation(), theirs.incarnation()) < 0;
    if (raisedThere && own.credential == null) {
      raised.add(theirs);
    }
    if (own.member.stateVersion() < theirs.stateVersion()
        || (raisedThere && own.credential != null)) {
      wanted.add(Digests.entry(own));
    }
  }

  private void notActiveHere(DigestEntry theirs) {
    Peer departed = list.find(theirs.handle());
    Tombstone end = tombstones.find(theirs.handle());
    if (departed != null && departed.status() == MemberStatus.LEFT) {
      news.add(departed.left());
    } else if (departed != null) {
      deadHere(departed, theirs);
    } else if (end != null && lastWords.isSuperseded(end)) {
      return; // its process is told when it is heard
    } else if (end != null && end.status() == MemberStatus.LEFT) {
      news.add(end.left());
    } else if (end != null
        && Integer.compareUnsigned(theirs.incarnation(), end.incarnation()) <= 0) {
      suspected(end.handle(), end.incarnation(), List.of());
    } else {
      wanted.add(new DigestEntry(theirs.handle(), 0, UNKNOWN));
    }
  }

  private void deadHere(Peer dead, DigestEntry theirs) {
    if (Integer.compareUnsigned(theirs.incarnation(), dead.incarnation()) > 0) {
      moreThere(dead, theirs);
    } else if (now - dead.since < FRESH_NANOS) {
      suspected(dead.handle, dead.incarnation(), dead.charges());
    } else if (dead.greetedAt() == Peer.NEVER || now - dead.greetedAt() > 5 * GREETING_NANOS) {
      doubtful.add(dead);
    } else if (now - dead.greetedAt() > GREETING_NANOS) {
      suspected(dead.handle, dead.incarnation(), dead.charges());
    }
  }

  /** Where members sign, this node answers for nothing that it has not looked at. */
  private void suspected(long handle, int incarnation, List<Update.Charge> charges) {
    if (!charges.isEmpty()) {
      news.add(new Update.Suspect(handle, incarnation, charges));
    } else if (!signatures.areRequired()) {
      Update.Charge own =
          signatures.charge(handle, incarnation, list.self().handle, Evidence.UNANSWERED);
      news.add(new Update.Suspect(handle, incarnation, List.of(own)));
    }
  }

  /** All that makes up a member: its record, its state above a version, its suspicion. */
  static void record(Peer peer, long held, int runBytes, List<Message> into) {
    into.add(peer.alive());
    into.addAll(peer.state.all(peer.handle, held, runBytes));
    if (peer.suspicion() != null) {
      into.add(peer.suspected());
    }
  }
}
