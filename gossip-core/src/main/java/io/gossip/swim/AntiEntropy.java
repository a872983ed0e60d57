package io.gossip.swim;

import io.gossip.membership.Evidence;
import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.Tombstones.Tombstone;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Message.Fetch;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repair of views that differ, pairwise and in proportion to the difference (design: anti-entropy).
 * View hashes that differ lead to digests; digests to the records that either side lacks.
 *
 * <p>Death travels here as the suspicion it came from, never as a verdict; and before a member that
 * is dead here is held against one that believes it alive, it is greeted once more, unless the
 * verdict is so fresh that the other just has not heard of it.
 */
final class AntiEntropy {

  /** Largest state run in one message; leaves room for the rest of the packet. */
  static final int STATE_RUN_BYTES = Peer.STATE_RUMOR_BYTES;

  private static final int ENTRIES_PER_DIGEST = 55;
  private static final int DIGESTS_PER_SYNC = 8;
  private static final int PACKETS_PER_ANSWER = 8;
  private static final int MAX_ANSWER = 512;
  private static final int MAX_FETCH = 55;
  private static final int RESTLESS_INTERVALS = 10;
  private static final long UNKNOWN = -1;
  private static final long GREETING_NANOS = 2_000_000_000L;
  private static final long FRESH_NANOS = 10_000_000_000L;

  private final long interval;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final LastWords lastWords;
  private final Prober prober;
  private final Outbox outbox;
  private final SwimStats stats;
  private long lastSync;
  private long cursor;

  AntiEntropy(
      SwimConfig config,
      MembershipList list,
      Tombstones tombstones,
      LastWords lastWords,
      Prober prober,
      Outbox outbox,
      SwimStats stats) {
    this.interval = config.syncInterval().toNanos();
    this.list = list;
    this.tombstones = tombstones;
    this.lastWords = lastWords;
    this.prober = prober;
    this.outbox = outbox;
    this.stats = stats;
  }

  /**
   * A member's view hash was heard: if it differs, and gossip has had its time, a repair begins. In
   * a view that is never still one begins now and then all the same.
   *
   * <p>Both sides answer at length, so each must have returned a nonce first; where pairs meet once
   * in many periods, waiting for that to happen by itself would mean no repair at all.
   */
  void heard(long now, Peer peer) {
    if (peer.viewHash() == list.viewHash()
        || !peer.isActive()
        || now - lastSync < interval
        || (now - list.lastChange() < interval && now - lastSync < RESTLESS_INTERVALS * interval)
        || !outbox.hasRoom(now)) {
      return;
    }
    if (!peer.isEchoed()) {
      prober.greet(now, peer);
      return;
    }
    lastSync = now;
    stats.add(Counter.SYNCS);
    sendDigests(now, peer);
  }

  /**
   * All active members in the order of their handles, in ranges that follow each other. This node's
   * own record goes first: the other may be without it, and then drops what a stranger says.
   */
  private void sendDigests(long now, Peer to) {
    List<Message> digests = new ArrayList<>();
    digests.add(list.self().alive());
    List<DigestEntry> entries = new ArrayList<>();
    long from = cursor;
    for (Peer peer : list.kept(from, -1)) {
      if (!peer.isActive()) {
        continue;
      }
      if (entries.size() == ENTRIES_PER_DIGEST) {
        digests.add(new Digest(from, peer.handle - 1, List.copyOf(entries)));
        entries.clear();
        from = peer.handle;
        if (digests.size() > DIGESTS_PER_SYNC) {
          break;
        }
      }
      entries.add(entry(peer));
    }
    if (digests.size() > DIGESTS_PER_SYNC) {
      cursor = from;
    } else {
      digests.add(new Digest(from, -1, List.copyOf(entries)));
      cursor = 0;
    }
    outbox.sendAll(now, to.address(), digests, DIGESTS_PER_SYNC + 1);
  }

  private static DigestEntry entry(Peer peer) {
    return new DigestEntry(peer.handle, peer.incarnation(), peer.member.stateVersion());
  }

  /** A member's digest came: it gets what it lacks, and is asked for what is lacking here. */
  void digest(long now, Peer from, Digest digest) {
    if (!outbox.hasRoom(now)) {
      return;
    }
    List<Message> answer = new ArrayList<>();
    List<DigestEntry> wanted = new ArrayList<>();
    Iterator<Peer> ours = list.kept(digest.from(), digest.to()).iterator();
    @Nullable Peer own = nextActive(ours);
    for (DigestEntry theirs : digest.entries()) {
      while (own != null && Long.compareUnsigned(own.handle, theirs.handle()) < 0) {
        record(own, 0, answer);
        own = nextActive(ours);
      }
      if (own != null && own.handle == theirs.handle()) {
        compare(own, theirs, answer, wanted);
        own = nextActive(ours);
      } else {
        notActiveHere(now, theirs, answer, wanted);
      }
    }
    while (own != null) {
      record(own, 0, answer);
      own = nextActive(ours);
    }
    if (!wanted.isEmpty()) {
      answer.add(0, new Fetch(wanted));
    }
    outbox.sendAll(now, from.address(), answer, PACKETS_PER_ANSWER);
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

  private void compare(
      Peer own, DigestEntry theirs, List<Message> answer, List<DigestEntry> wanted) {
    int byIncarnation = Integer.compareUnsigned(own.incarnation(), theirs.incarnation());
    if (byIncarnation > 0) {
      answer.add(own.alive());
    }
    if (own.member.stateVersion() > theirs.stateVersion() && answer.size() < MAX_ANSWER) {
      answer.addAll(own.state().all(own.handle, theirs.stateVersion(), STATE_RUN_BYTES));
    }
    if ((byIncarnation < 0 || own.member.stateVersion() < theirs.stateVersion())
        && own != list.self()) {
      want(entry(own), wanted);
    }
  }

  private void notActiveHere(
      long now, DigestEntry theirs, List<Message> answer, List<DigestEntry> wanted) {
    Peer departed = list.find(theirs.handle());
    Tombstone end = tombstones.find(theirs.handle());
    if (departed != null && departed.status() == MemberStatus.LEFT) {
      answer.add(new Update.Left(departed.handle, departed.incarnation()));
    } else if (departed != null) {
      believedAlive(now, departed, theirs, answer, wanted);
    } else if (end != null && lastWords.isSuperseded(end)) {
      return; // its process is told when it is heard
    } else if (end != null && end.status() == MemberStatus.LEFT) {
      answer.add(new Update.Left(end.handle(), end.incarnation()));
    } else if (end != null
        && Integer.compareUnsigned(theirs.incarnation(), end.incarnation()) <= 0) {
      answer.add(suspicion(end.handle(), end.incarnation(), List.of()));
    } else {
      want(new DigestEntry(theirs.handle(), 0, UNKNOWN), wanted);
    }
  }

  private void believedAlive(
      long now, Peer dead, DigestEntry theirs, List<Message> answer, List<DigestEntry> wanted) {
    if (Integer.compareUnsigned(theirs.incarnation(), dead.incarnation()) > 0) {
      want(new DigestEntry(theirs.handle(), dead.incarnation(), UNKNOWN), wanted);
    } else if (now - dead.since < FRESH_NANOS) {
      answer.add(suspicion(dead.handle, dead.incarnation(), dead.charges));
    } else if (dead.greetedAt() == Peer.NEVER || now - dead.greetedAt() > 5 * GREETING_NANOS) {
      dead.greeted(now);
      prober.greet(now, dead);
    } else if (now - dead.greetedAt() > GREETING_NANOS) {
      answer.add(suspicion(dead.handle, dead.incarnation(), dead.charges));
    }
  }

  private Update.Suspect suspicion(long handle, int incarnation, List<Update.Charge> charges) {
    return new Update.Suspect(
        handle,
        incarnation,
        charges.isEmpty()
            ? List.of(new Update.Charge(list.self().handle, Evidence.UNANSWERED))
            : charges);
  }

  private static void want(DigestEntry entry, List<DigestEntry> wanted) {
    if (wanted.size() < MAX_FETCH) {
      wanted.add(entry);
    }
  }

  /** A member asks for records. */
  void fetch(long now, Peer from, Fetch fetch) {
    if (!outbox.hasRoom(now)) {
      return;
    }
    List<Message> answer = new ArrayList<>();
    for (DigestEntry asked : fetch.entries()) {
      Peer peer = list.find(asked.handle());
      if (peer == null) {
        continue;
      }
      if (peer.status() == MemberStatus.LEFT) {
        answer.add(new Update.Left(peer.handle, peer.incarnation()));
      } else if (peer.isActive()) {
        record(peer, Math.max(0, asked.stateVersion()), answer);
      }
    }
    outbox.sendAll(now, from.address(), answer, PACKETS_PER_ANSWER);
  }

  /** The state that a member told has a gap before it: the rest is fetched from the same member. */
  void fillGap(long now, Peer from, long handle) {
    Peer subject = list.find(handle);
    if (subject != null && outbox.hasRoom(now)) {
      outbox.send(now, from, null, new Fetch(List.of(entry(subject))));
    }
  }

  /** All that makes up a member: its record, its state above a version, its suspicion. */
  static void record(Peer peer, long held, List<Message> into) {
    if (into.size() >= MAX_ANSWER) {
      return;
    }
    into.add(peer.alive());
    into.addAll(peer.state().all(peer.handle, held, STATE_RUN_BYTES));
    if (peer.suspicion != null) {
      into.add(peer.suspect());
    }
  }
}
