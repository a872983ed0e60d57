package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Busy;
import io.gossip.wire.Message.Join;
import io.gossip.wire.Message.JoinAccepted;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Protocol;
import io.gossip.wire.RefusalReason;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The seed's side of a join: a joiner is taken in once it has been reached at the address it
 * announces, and only then gets the members, page by page at its own pace. Few at a time; more are
 * sent elsewhere.
 */
final class Admission {

  private static final long[] PING_AT_NANOS = {0, 150_000_000L, 400_000_000L};
  private static final long REACH_NANOS = 1_000_000_000L;

  /** A joiner on its stream. */
  private static final class Guest {
    final long nonce;
    final Update.Alive record;
    final List<Update> state;
    final long checkNonce;

    /** Whom a former bearer of the name is pinged as; {@code null} if there is no doubt. */
    @Nullable Peer rival;

    long rivalNonce;
    boolean admitted;

    /** It gets all members, not just a few. */
    boolean whole;

    Guest(long nonce, Update.Alive record, List<Update> state, long checkNonce) {
      this.nonce = nonce;
      this.record = record;
      this.state = state;
      this.checkNonce = checkNonce;
    }
  }

  private final SwimConfig config;
  private final Self self;
  private final Joining joining;
  private final MembershipList list;
  private final Tombstones tombstones;
  private final Forgetting forgetting;
  private final Signatures signatures;
  private final Patience patience;
  private final Reconciler reconciler;
  private final PeerSelector selector;
  private final Pages pages;
  private final StreamPings streamPings;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final Output output;
  private final Map<Long, Guest> guests = new LinkedHashMap<>();

  Admission(
      SwimConfig config,
      Self self,
      Joining joining,
      MembershipList list,
      Tombstones tombstones,
      Forgetting forgetting,
      Signatures signatures,
      Patience patience,
      Reconciler reconciler,
      PeerSelector selector,
      StreamPings streamPings,
      Outbox outbox,
      Timers timers,
      RandomGenerator random,
      SwimStats stats,
      Output output) {
    this.config = config;
    this.self = self;
    this.joining = joining;
    this.list = list;
    this.tombstones = tombstones;
    this.forgetting = forgetting;
    this.signatures = signatures;
    this.patience = patience;
    this.reconciler = reconciler;
    this.selector = selector;
    this.pages = new Pages(list, selector, stats);
    this.streamPings = streamPings;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
    this.output = output;
  }

  /** Somebody asks to be taken in. */
  void requested(
      long now, long stream, long sender, Join join, Update.Alive record, List<Update> state) {
    if (sender == list.self().handle) {
      outbox.frame(now, stream, List.of(new JoinAccepted(join.nonce(), list.activeCount())));
      return;
    }
    if (guests.containsKey(stream)) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
      return;
    }
    if (guests.size() >= config.maxJoins() || !patience.lasts()) {
      outbox.frame(now, stream, List.of(new Busy(join.nonce(), alternatives())));
      stats.add(Counter.JOINERS_REFUSED);
      return;
    }
    Guest guest = new Guest(join.nonce(), record, state, random.nextLong());
    guests.put(stream, guest);
    if (refuseAtOnce(now, stream, guest)) {
      return;
    }
    for (int step = 0; step < PING_AT_NANOS.length; step++) {
      timers.at(now + PING_AT_NANOS[step], new Timer.ReachCheck(stream, step));
    }
    timers.at(now + REACH_NANOS, new Timer.ReachCheck(stream, PING_AT_NANOS.length));
  }

  private boolean refuseAtOnce(long now, long stream, Guest guest) {
    Update.Alive record = guest.record;
    if (!Protocol.RANGE.overlaps(record.protocol())) {
      refuse(
          now,
          stream,
          RefusalReason.VERSION,
          0,
          "this seed speaks protocol version " + Protocol.RANGE + ", not " + record.protocol());
    } else if (self.isFuture(now, record.generation())) {
      refuse(
          now,
          stream,
          RefusalReason.FUTURE_GENERATION,
          0,
          "generation " + record.generation() + " is more than a year ahead of this seed's clock");
    } else if (list.find(record.id()) == null && !forgetting.hasRoom(now)) {
      refuse(now, stream, RefusalReason.FULL, 0, "this seed's view is full");
    } else if (record.id().equals(list.self().member.id())) {
      refuse(now, stream, RefusalReason.CONFLICT, 0, "this seed itself is " + record.id());
    } else if (!output.accepts(reconciler.record(record))) {
      refuse(
          now,
          stream,
          RefusalReason.IDENTITY,
          0,
          "the application of this seed does not want it, or its address is not allowed there");
    } else if (!output.permits(stream, record.id())) {
      refuse(
          now,
          stream,
          RefusalReason.IDENTITY,
          0,
          "the certificate that was shown does not name " + record.id());
    } else if (!signatures.admits(record, null)) {
      refuse(now, stream, RefusalReason.IDENTITY, 0, "this seed takes in members that sign only");
    } else {
      return refuseOtherKey(now, stream, guest) || refuseFormerBearer(now, stream, guest);
    }
    return true;
  }

  /**
   * A name is for the key of whoever bears it. If that one seems to live it is asked, as it may
   * just have been killed.
   */
  private boolean refuseOtherKey(long now, long stream, Guest guest) {
    Peer known = list.find(guest.record.id());
    if (known == null || signatures.admits(guest.record, known)) {
      return false;
    }
    if (known.isActive()) {
      guest.rival = known;
      guest.rivalNonce = random.nextLong();
      return false;
    }
    refuse(now, stream, RefusalReason.IDENTITY, 0, "this name is kept for another key");
    return true;
  }

  /**
   * Of two bearers of one name the newer generation wins. If the other seems newer or lives
   * elsewhere, it is asked whether it still lives: if not, the joiner only needs a higher
   * generation.
   */
  private boolean refuseFormerBearer(long now, long stream, Guest guest) {
    Update.Alive record = guest.record;
    long ended = tombstones.endedGeneration(record.id());
    if (ended > record.generation()) {
      refuseStale(now, stream, ended);
      return true;
    }
    Peer known = list.find(record.id());
    if (known == null || known.member.generation() < record.generation()) {
      return false;
    }
    boolean elsewhere = !known.address().equals(record.address());
    if (known.member.generation() == record.generation() && !elsewhere) {
      return false;
    }
    if (known.isActive() && elsewhere) {
      guest.rival = known;
      guest.rivalNonce = random.nextLong();
      return false;
    }
    refuseStale(now, stream, known.member.generation());
    return true;
  }

  /** The next step of reaching the joiner. */
  void check(long now, long stream, int step) {
    Guest guest = guests.get(stream);
    if (guest == null || guest.admitted) {
      return;
    }
    Peer rival = guest.rival;
    if (step < PING_AT_NANOS.length) {
      if (rival != null) {
        outbox.sendBare(now, rival.address(), new Ping(guest.rivalNonce, rival.handle));
        return;
      }
      long handle = guest.record.handle();
      outbox.sendBare(now, guest.record.address(), new Ping(guest.checkNonce, handle));
      if (step == 1) {
        streamPings.ping(
            now, guest.record.address(), guest.checkNonce, handle, now + REACH_NANOS / 2);
      }
    } else if (rival != null) {
      refuseStale(now, stream, rival.member.generation());
    } else {
      InetSocketAddress address = guest.record.address();
      refuse(
          now,
          stream,
          RefusalReason.UNREACHABLE,
          0,
          "nobody of your id answers at "
              + address.getAddress().getHostAddress()
              + ":"
              + address.getPort()
              + ", over UDP or TCP; is it the address to announce, and open in the firewall?");
    }
  }

  /** An answer to a ping; whether it was one to a joiner, or to the one whose name it bears. */
  boolean acked(long now, long nonce, long sender, InetSocketAddress from) {
    for (Map.Entry<Long, Guest> entry : guests.entrySet()) {
      Guest guest = entry.getValue();
      Peer rival = guest.rival;
      if (rival != null && guest.rivalNonce == nonce && rival.handle == sender) {
        refuse(
            now,
            entry.getKey(),
            RefusalReason.CONFLICT,
            0,
            rival.member.id()
                + " is alive at "
                + from.getAddress().getHostAddress()
                + ":"
                + from.getPort());
        return true;
      }
      if (guest.checkNonce == nonce
          && guest.record.handle() == sender
          && guest.record.address().equals(from)) {
        admit(now, entry.getKey(), guest);
        return true;
      }
    }
    return false;
  }

  /** A ping over TCP has ended; whether it was one to a joiner. */
  boolean streamEnded(long now, StreamPings.Outcome outcome) {
    for (Map.Entry<Long, Guest> entry : guests.entrySet()) {
      if (entry.getValue().checkNonce == outcome.nonce()) {
        if (outcome.evidence() == null) {
          admit(now, entry.getKey(), entry.getValue());
        }
        return true;
      }
    }
    return false;
  }

  private void admit(long now, long stream, Guest guest) {
    if (guest.admitted) {
      return;
    }
    guest.admitted = true;
    stats.add(Counter.JOINERS_ACCEPTED);
    Peer peer = reconciler.alive(now, guest.record, true);
    List<Message> answer = new ArrayList<>();
    if (peer != null) {
      peer.setEchoed(true);
      peer.heard(now);
      reconciler.takesAddress(now, peer);
      for (int i = 0; i < guest.state.size(); i++) {
        reconciler.apply(now, guest.state.get(i), true);
      }
    } else {
      accuse(guest, answer);
    }
    answer.add(new JoinAccepted(guest.nonce, list.activeCount()));
    outbox.frame(now, stream, answer);
  }

  /** A joiner that is held dead here learns it with its admission, and comes back by refuting. */
  private void accuse(Guest guest, List<Message> answer) {
    Peer held = list.find(guest.record.handle());
    if (held != null && held.status() == MemberStatus.DEAD) {
      answer.add(new Update.Dead(held.handle, held.incarnation(), List.of()));
    } else {
      Tombstones.Tombstone end = tombstones.find(guest.record.handle());
      if (end != null && end.status() == MemberStatus.DEAD) {
        answer.add(new Update.Dead(end.handle(), end.incarnation(), List.of()));
      }
    }
  }

  /**
   * The member that was admitted on this stream; {@code null} if none was, or it is no longer kept.
   */
  @Nullable Peer admittedOn(long stream) {
    Guest guest = guests.get(stream);
    return guest == null || !guest.admitted ? null : list.find(guest.record.handle());
  }

  /** A page of members is asked for; only those that were taken in get one. */
  void pageRequested(long now, long stream, long after) {
    Guest guest = guests.get(stream);
    if (guest == null || !guest.admitted) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
      return;
    }
    if (after == 0) {
      guest.whole = pages.beginWhole(now, joining.isSeed());
    }
    outbox.frame(now, stream, guest.whole ? pages.page(after) : pages.sample());
  }

  /** How many joiners are being served. */
  int underWay() {
    return guests.size();
  }

  void closed(long stream) {
    guests.remove(stream);
  }

  private List<InetSocketAddress> alternatives() {
    List<Peer> peers = selector.pick(Limits.ALTERNATIVES, peer -> peer.isEchoed());
    List<InetSocketAddress> addresses = new ArrayList<>(peers.size());
    for (int i = 0; i < peers.size(); i++) {
      addresses.add(peers.get(i).address());
    }
    return addresses;
  }

  private void refuseStale(long now, long stream, long generation) {
    refuse(
        now,
        stream,
        RefusalReason.STALE_GENERATION,
        generation,
        "generation " + generation + " of this id was here before");
  }

  private void refuse(long now, long stream, RefusalReason reason, long generation, String detail) {
    Guest guest = guests.remove(stream);
    if (guest != null) {
      stats.add(Counter.JOINERS_REFUSED);
      outbox.frame(now, stream, List.of(new JoinRefused(guest.nonce, reason, generation, detail)));
      output.close(stream);
    }
  }
}
