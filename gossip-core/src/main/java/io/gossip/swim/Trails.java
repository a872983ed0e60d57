package io.gossip.swim;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.TrailEntry;
import io.gossip.swim.Clue.Note;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what speaks for and against members, for people (ADR 34). Nothing is decided by it.
 */
final class Trails {

  /** Accusers that a verdict may bring into a trail. */
  private static final int MOST_WITH_VERDICT = 3;

  private final int length;
  private final MembershipList list;
  private final LocalHealth health;
  private final Source source;

  Trails(SwimConfig config, MembershipList list, LocalHealth health, Source source) {
    this.length = config.trailLength();
    this.list = list;
    this.health = health;
    this.source = source;
  }

  /** This node's probe found nothing. */
  void probeFailed(long now, Probe probe) {
    Note note =
        switch (probe.kind) {
          case ROUND, GREETING -> Note.PROBED;
          case VERIFY -> Note.VERIFIED;
          case URGENT -> Note.SOUGHT;
          case LAST_LOOK -> Note.LAST_LOOK;
        };
    long took = now - probe.startedAt;
    own(now, probe.target, note, probe.streamEvidence, took, probe.relaysNacked, probe.relaysAsked);
  }

  /** A watch link to the member ended without a word. */
  void linkLost(long now, Peer peer, long lasted) {
    own(now, peer, Note.LINK_LOST, null, lasted, 0, 0);
  }

  /** The application could not reach the member. */
  void callFailed(long now, Peer peer) {
    own(now, peer, Note.CALL_FAILED, null, 0, 0, 0);
  }

  /** Somebody's accusation was taken in, which left the suspicion like this. */
  void accused(long now, Peer peer, Update.Charge charge, Suspicion running) {
    add(
        now,
        peer,
        running.timing(),
        charge.accuser(),
        charge.evidence(),
        running.duration(),
        running.accusers(),
        running.awaited());
  }

  /** A peer's verdict on the member names these, of whom some may have been heard before. */
  void condemned(long now, Peer peer, List<Update.Charge> charges) {
    Suspicion running = peer.suspicion();
    int told = 0;
    for (int i = 0; i < charges.size() && told < MOST_WITH_VERDICT; i++) {
      Update.Charge charge = charges.get(i);
      if (running == null || !running.holds(charge)) {
        told++;
        add(now, peer, Note.WITH_VERDICT, charge.accuser(), charge.evidence(), 0, 0, 0);
      }
    }
  }

  /** The member is suspected with its zone, which is cut off; for so long nobody of it dies. */
  void cutOff(long now, Peer peer, long hold) {
    own(now, peer, Note.ZONE_CUT_OFF, null, hold, 0, 0);
  }

  /** The verdict on the member is put off; for so long, if that is known. */
  void putOff(long now, Peer peer, Note why, long nanos) {
    own(now, peer, why, null, nanos, 0, 0);
  }

  /** The suspicion of the member ends, as it lives. */
  void refuted(long now, Peer peer, Note how) {
    Suspicion running = peer.suspicion();
    long since = running == null ? peer.since : running.startedAt();
    long word = how == Note.RAISED ? peer.handle : list.self().handle;
    add(now, peer, how, word, null, now - since, 0, 0);
  }

  /** The member is declared dead. */
  void died(long now, Peer peer, Note how) {
    Suspicion running = peer.suspicion();
    long since = running == null ? now : running.startedAt();
    int found = running == null ? 0 : running.crashObservers();
    long word = how == Note.TOLD ? source.sender() : list.self().handle;
    add(now, peer, how, word, null, now - since, found, 0);
  }

  /** The member is back from the dead, in the same life. */
  void returned(long now, Peer peer) {
    own(now, peer, Note.RETURNED, null, now - peer.since, 0, 0);
  }

  /** A new life of a member begins: what is known of the former one stays with the name. */
  void restarted(long now, Peer former, Peer peer) {
    Trail trail = former.trail();
    if (trail != null) {
      peer.setTrail(trail);
      own(now, peer, Note.RESTARTED, null, 0, 0, 0);
    }
  }

  /** Charges in words, with names where they are known here. */
  List<Accusation> accusations(List<Update.Charge> charges) {
    List<Accusation> named = new ArrayList<>(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      Update.Charge charge = charges.get(i);
      named.add(new Accusation(name(charge.accuser()), charge.evidence()));
    }
    return List.copyOf(named);
  }

  private String name(long handle) {
    Peer known = list.find(handle);
    return known == null ? Long.toHexString(handle) : known.member.id().value();
  }

  /** How long ago the first sign appeared that the member is gone, since it was last heard. */
  long sinceFirstSign(long now, Peer peer) {
    Trail trail = peer.trail();
    return trail == null ? 0 : now - trail.firstSign(peer.lastHeard(), now);
  }

  /** All about a member, the latest last. */
  List<TrailEntry> of(long now, Peer peer) {
    Trail trail = peer.trail();
    return trail == null ? List.of() : trail.told(now);
  }

  private void own(
      long now, Peer peer, Note note, @Nullable Evidence evidence, long nanos, int count, int of) {
    add(now, peer, note, list.self().handle, evidence, nanos, count, of);
  }

  private void add(
      long now,
      Peer peer,
      Note note,
      long word,
      @Nullable Evidence evidence,
      long nanos,
      int count,
      int of) {
    if (length == 0) {
      return;
    }
    Trail trail = peer.trail();
    if (trail == null) {
      trail = new Trail(length);
      peer.setTrail(trail);
    }
    trail.add(
        new Clue(
            now,
            note,
            name(word),
            evidence,
            healthOf(word),
            peer.health(),
            roundTrip(peer),
            millis(nanos),
            number(count),
            number(of)));
  }

  private byte healthOf(long handle) {
    Peer known = list.find(handle);
    return known == null ? -1 : known == list.self() ? number(health.score()) : known.health();
  }

  private static int roundTrip(Peer peer) {
    long nanos = peer.roundTrip().smoothedNanos();
    return nanos < 0 ? -1 : (int) (nanos / 1_000); // at most 10 s
  }

  private static int millis(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000);
  }

  private static byte number(int value) {
    return (byte) Math.min(Byte.MAX_VALUE, value);
  }
}
