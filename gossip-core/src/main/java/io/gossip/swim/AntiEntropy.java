package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import io.gossip.wire.Message.BucketHashes;
import io.gossip.wire.Message.Digest;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Message.Fetch;
import io.gossip.wire.Message.Offer;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Repair of views that differ, pairwise and in proportion to the difference (design: anti-entropy).
 * View hashes that differ lead to the sums of their buckets, those to digests of the buckets that
 * differ, and digests to the records that either side lacks.
 *
 * <p>Nothing is kept about a repair but where the digests stopped for want of room: each message is
 * answered from what it says, so one that is lost costs no more than its own part, which the next
 * repair finds again.
 *
 * <p>Death travels here as the suspicion it came from, never as a verdict; and before a member that
 * is dead here is held against one that believes it alive, it is greeted once more, unless the
 * verdict is so fresh that the other just has not heard of it.
 */
final class AntiEntropy {

  private static final int MOST_LINES = 16;
  private static final int PACKETS_PER_ANSWER = 8;
  private static final int MAX_ANSWER = 512;

  /** Sums of buckets at so many bits fit a small datagram, where large ones do not get through. */
  private static final int BITS_OF_SMALL = 5;

  private static final int OFFERS_PER_PACKET = 2;
  private static final int RESTLESS_INTERVALS = 4;

  /** A repair that finds so many differences, and one in {@link #DENSE}, is far from done. */
  private static final int MANY = 64;

  private static final int DENSE = 16;

  /** Members with handles from one to another, both included. */
  private record Range(long from, long to) {}

  private final long interval;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final LastWords lastWords;
  private final Signatures signatures;
  private final Patience patience;
  private final Reconciler reconciler;
  private final Prober prober;
  private final Joining joining;
  private final Outbox outbox;
  private final SwimStats stats;
  private final RepairTime time;
  private long lastSync;

  /**
   * Datagrams of digests, or of offers, that are sent at a time: fewer while the records that they
   * lead to find no room behind them.
   */
  private int lines = MOST_LINES;

  /** Where the digests go on that had no room last time. */
  private long cursor;

  /** Who wanted to begin a repair and was greeted first; 0 for nobody. */
  private long caller;

  /** Who last said something of its view, and when: a repair with it is under way. */
  private long partner;

  private long partnerHeard = Peer.NEVER;

  /** Members compared since the last repair was begun, and how many of them differed. */
  private int compared;

  private int different;

  AntiEntropy(
      SwimConfig config,
      MembershipList list,
      Tombstones tombstones,
      LastWords lastWords,
      Signatures signatures,
      Patience patience,
      Reconciler reconciler,
      Prober prober,
      Joining joining,
      Outbox outbox,
      RandomGenerator random,
      SwimStats stats) {
    this.interval = config.syncInterval().toNanos();
    this.list = list;
    this.tombstones = tombstones;
    this.lastWords = lastWords;
    this.signatures = signatures;
    this.patience = patience;
    this.reconciler = reconciler;
    this.prober = prober;
    this.joining = joining;
    this.outbox = outbox;
    this.stats = stats;
    this.time = new RepairTime(RESTLESS_INTERVALS * interval, list, random, stats);
  }

  // Beginning

  /**
   * A member's view hash was heard: if it differs, and gossip has had its time, a repair begins. In
   * a view that is never still one begins now and then all the same; and at once while views are so
   * far apart that rumors are not what will bring them together.
   *
   * <p>Both sides answer at length, so each must have returned a nonce first; where pairs meet once
   * in many periods, waiting for that to happen by itself would mean no repair at all.
   */
  void heard(long now, Peer peer) {
    time.heard(now, peer);
    boolean called = peer.isEchoed() && peer.handle == caller;
    if (peer.viewHash() == list.viewHash()
        || !peer.isActive()
        || !(called || isTime(now, peer))
        || !outbox.hasRoom(now)) {
      return;
    }
    if (!peer.isEchoed()) {
      prober.greet(now, peer);
      return;
    }
    caller = 0;
    lastSync = now;
    compared = 0;
    different = 0;
    stats.add(Counter.SYNCS);
    if (patience.isSpentOn(now, peer)) {
      joining.askForMembers(now, peer.address()); // datagrams of its would not be looked at
    } else {
      time.begins(now, peer);
      begin(now, peer);
    }
  }

  private boolean isTime(long now, Peer peer) {
    boolean restless = now - list.lastChange() < interval;
    return now - lastSync >= interval
        && !(peer.handle == partner && now - partnerHeard < interval)
        && (!restless || now - lastSync >= RESTLESS_INTERVALS * interval || isFarFromDone());
  }

  /**
   * A member wants to compare views that has not returned a nonce yet, so that it gets no answer at
   * length: once it has, the repair is begun from here. Among thousands most pairs meet like that.
   */
  void calledByStranger(long now, Peer peer) {
    caller = peer.handle;
    prober.greet(now, peer);
  }

  private boolean isFarFromDone() {
    return different >= MANY && different >= compared / DENSE;
  }

  /**
   * The sums of all buckets; of a small view the digests at once. This node's own record goes
   * first: the other may be without it, and then drops what a stranger says.
   */
  private void begin(long now, Peer to) {
    Update.Alive own = list.self().alive();
    int bits = HashTree.bits(list.activeCount());
    if (outbox.isSmall(to)) {
      bits = Math.min(bits, BITS_OF_SMALL);
    }
    if (bits == 0) {
      sendDigests(now, to, own, List.of(new Range(0, -1)));
      return;
    }
    long[] sums = list.sums(bits);
    List<Long> boxed = new ArrayList<>(sums.length);
    for (long sum : sums) {
      boxed.add(sum);
    }
    outbox.sendAll(now, to, List.of(own, new BucketHashes(bits, 0, boxed)), 2);
  }

  /** A member's sums came: it gets the digests of the buckets that differ. */
  void bucketHashes(long now, Peer from, BucketHashes theirs) {
    talks(now, from);
    if (!outbox.hasRoom(now)) {
      return;
    }
    int bits = theirs.bits();
    long[] ours = list.sums(bits);
    List<Range> ranges = new ArrayList<>();
    int bucket = theirs.first();
    int end = theirs.first() + theirs.sums().size();
    while (bucket < end) {
      int begin = bucket;
      while (bucket < end && ours[bucket] != theirs.sums().get(bucket - theirs.first())) {
        bucket++;
      }
      if (bucket > begin) {
        ranges.add(
            new Range(HashTree.firstHandle(begin, bits), HashTree.lastHandle(bucket - 1, bits)));
      }
      bucket++;
    }
    sendDigests(now, from, null, ranges);
  }

  private void talks(long now, Peer from) {
    partner = from.handle;
    partnerHeard = now;
  }

  /** Digests of these ranges, from where the last ones stopped, as far as they go. */
  private void sendDigests(long now, Peer to, Update.@Nullable Alive own, List<Range> ranges) {
    Digests digests = new Digests(list, outbox.room(to), lines);
    if (own != null) {
      digests.put(own);
    }
    for (Range range : fromCursor(ranges)) {
      if (!digests.add(range.from, range.to)) {
        cursor = digests.stoppedAt();
        break;
      }
    }
    List<Message> messages = digests.messages();
    int sent = outbox.sendAll(now, to, messages, lines);
    if (sent < messages.size() && messages.get(sent) instanceof Digest unsent) {
      cursor = unsent.from();
    }
  }

  private List<Range> fromCursor(List<Range> ranges) {
    List<Range> ahead = new ArrayList<>(ranges.size() + 1);
    List<Range> behind = new ArrayList<>();
    for (Range range : ranges) {
      if (Long.compareUnsigned(range.from, cursor) >= 0) {
        ahead.add(range);
      } else if (Long.compareUnsigned(range.to, cursor) < 0) {
        behind.add(range);
      } else {
        ahead.add(new Range(cursor, range.to));
        behind.add(new Range(range.from, cursor - 1));
      }
    }
    ahead.addAll(behind);
    return ahead;
  }

  // Answering

  /** A member's digest came: it gets what it lacks, and is asked for what is lacking here. */
  void digest(long now, Peer from, Digest digest) {
    talks(now, from);
    Comparison comparison = compare(now, from);
    comparison.with(digest);
    compared += digest.entries().size();
    different += comparison.differences();
    settle(now, from, comparison);
  }

  /** An answer; whether it was one to this node's question how the views stand now. */
  boolean acked(long nonce, Peer sender) {
    return time.acked(nonce, sender);
  }

  /** A member offers records: what is news here is taken over or fetched. */
  void offer(long now, Peer from, Offer offer) {
    talks(now, from);
    Comparison comparison = compare(now, from);
    comparison.with(offer);
    settle(now, from, comparison);
  }

  private Comparison compare(long now, Peer with) {
    return new Comparison(now, list, tombstones, lastWords, signatures, runBytes(with));
  }

  /** Largest run of state in one message to a member, leaving room for the rest of the packet. */
  private int runBytes(Peer to) {
    return Math.min(Peer.STATE_RUMOR_BYTES, outbox.room(to) - PacketWriter.OVERHEAD);
  }

  /**
   * What came out of a comparison is taken over, asked for, and told: a little by the records at
   * once, much by an offer first. What the other did not list is offered either way, behind its
   * record: who holds it for gone has something to say to that.
   */
  private void settle(long now, Peer to, Comparison comparison) {
    raise(now, comparison.raised);
    for (Peer peer : comparison.doubtful) {
      peer.greeted(now);
      prober.greet(now, peer);
    }
    List<Message> messages = new ArrayList<>();
    int each = Digests.entriesIn(outbox.room(to));
    for (int i = 0; i < comparison.wanted.size(); i += each) {
      messages.add(new Fetch(slice(comparison.wanted, i, each)));
    }
    boolean hasRoom = outbox.hasRoom(now);
    if (hasRoom) {
      messages.addAll(comparison.news);
    }
    List<DigestEntry> offered = new ArrayList<>(comparison.unlisted);
    if (hasRoom && comparison.offered() <= Comparison.FEW) {
      messages.addAll(comparison.records);
    } else {
      offered.addAll(comparison.outdated);
    }
    int most = Math.min(offered.size(), OFFERS_PER_PACKET * each * lines);
    for (int i = 0; i < most; i += each) {
      messages.add(new Offer(slice(offered, i, each)));
    }
    answer(now, to, messages);
  }

  /** Sends what there is to say, and asks behind it how the views stand then. */
  private void answer(long now, Peer to, List<Message> messages) {
    Ping question = time.question(to);
    if (question != null && !messages.isEmpty()) {
      messages.add(question);
    }
    outbox.sendAll(now, to, messages, PACKETS_PER_ANSWER);
  }

  private static List<DigestEntry> slice(List<DigestEntry> entries, int from, int most) {
    return List.copyOf(entries.subList(from, Math.min(entries.size(), from + most)));
  }

  /** A few refutations are news for others, too; many are found by them in the same way. */
  private void raise(long now, List<DigestEntry> raised) {
    for (DigestEntry entry : raised) {
      Peer peer = list.find(entry.handle());
      if (peer != null) {
        reconciler.raised(now, peer, entry.incarnation(), raised.size() <= Comparison.FEW);
      }
    }
  }

  /** A member asks for records. */
  void fetch(long now, Peer from, Fetch fetch) {
    talks(now, from);
    if (!outbox.hasRoom(now)) {
      lines = Math.max(1, lines / 2);
      return;
    }
    List<Message> answer = new ArrayList<>();
    for (DigestEntry asked : fetch.entries()) {
      Peer peer = list.find(asked.handle());
      if (peer == null || answer.size() >= MAX_ANSWER) {
        continue;
      }
      if (peer.status() == MemberStatus.LEFT) {
        answer.add(peer.left());
      } else if (peer.isActive() && asked.stateVersion() < 0) {
        Comparison.record(peer, 0, runBytes(from), answer);
      } else if (peer.isActive()) {
        if (asked.incarnation() != peer.incarnation()) {
          answer.add(peer.alive());
        }
        answer.addAll(peer.state.all(peer.handle, asked.stateVersion(), runBytes(from)));
      }
    }
    answer(now, from, answer);
    lines = outbox.hasRoom(now) ? Math.min(MOST_LINES, 2 * lines) : Math.max(1, lines / 2);
  }

  /** The state that a member told has a gap before it: the rest is fetched from the same member. */
  void fillGap(long now, Peer from, long handle) {
    Peer subject = list.find(handle);
    if (subject != null && outbox.hasRoom(now)) {
      outbox.send(now, from, null, new Fetch(List.of(Digests.entry(subject))));
    }
  }
}
