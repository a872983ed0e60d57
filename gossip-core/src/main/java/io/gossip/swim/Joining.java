package io.gossip.swim;

import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimReport.SeedReport;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Busy;
import io.gossip.wire.Message.Join;
import io.gossip.wire.Message.JoinRefused;
import io.gossip.wire.Message.Page;
import io.gossip.wire.Message.PageRequest;
import io.gossip.wire.RefusalReason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks seeds to be taken in, over a stream each: every address of every seed that is not a member
 * yet, with growing pauses, for ever. So two clusters that share a seed grow together without help.
 */
final class Joining {

  private static final int MAX_ATTEMPTS_AT_ONCE = 16;

  /** How many of a cluster ask a missing seed in each longest pause, on average. */
  private static final int ASKERS = 4;

  /** One configured seed and what is known of it. */
  private static final class Contact {
    final Seed seed;
    List<InetSocketAddress> addresses = List.of();
    @Nullable Boolean reachable;
    long lastContact = Peer.NEVER;
    @Nullable String problem;
    long due;
    long pause;

    Contact(Seed seed, long due, long pause) {
      this.seed = seed;
      this.due = due;
      this.pause = pause;
    }
  }

  private record Attempt(
      long nonce, InetSocketAddress address, @Nullable Contact contact, boolean connected) {}

  private final SwimConfig config;
  private final Self self;
  private final MembershipList list;
  private final Signatures signatures;
  private final StreamNumbers numbers;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final Output output;
  private final List<Contact> contacts = new ArrayList<>();
  private final Map<Long, Attempt> attempts = new LinkedHashMap<>();
  private final Set<InetSocketAddress> ownAddresses = new LinkedHashSet<>();

  private long nextTick = Peer.NEVER;

  Joining(
      SwimConfig config,
      List<Seed> seeds,
      Self self,
      MembershipList list,
      Signatures signatures,
      StreamNumbers numbers,
      Outbox outbox,
      Timers timers,
      RandomGenerator random,
      SwimStats stats,
      Output output) {
    this.config = config;
    this.self = self;
    this.list = list;
    this.signatures = signatures;
    this.numbers = numbers;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
    this.output = output;
    for (Seed seed : seeds) {
      contacts.add(new Contact(seed, 0, config.joinRetryInitial().toNanos()));
    }
  }

  boolean hasSeeds() {
    return !contacts.isEmpty();
  }

  /** Whether this node itself answers at one of its seeds. */
  boolean isSeed() {
    return !ownAddresses.isEmpty();
  }

  /** How many attempts are under way. */
  int underWay() {
    return attempts.size();
  }

  boolean owns(long stream) {
    return attempts.containsKey(stream);
  }

  /** All seeds are asked now. */
  void begin(long now) {
    for (Contact contact : contacts) {
      contact.due = now;
      contact.pause = config.joinRetryInitial().toNanos();
    }
    askDue(now, true);
  }

  /** The time of a seed has come, if this is the timer last set. */
  void tick(long now, long due) {
    if (due == nextTick) {
      askDue(now, false);
    }
  }

  private void askDue(long now, boolean all) {
    if (self.isLeaving() || self.isSilent()) {
      return;
    }
    long next = Long.MAX_VALUE;
    for (Contact contact : contacts) {
      if (contact.due <= now) {
        contact.due = now + pauseAfter(contact);
        if (all || isItsTurn()) {
          output.resolve(contact.seed);
        }
      }
      next = Math.min(next, contact.due);
    }
    if (next < Long.MAX_VALUE) {
      nextTick = next;
      timers.at(next, new Timer.SeedTick(next));
    }
  }

  /**
   * As one of many, this node asks now and then only: all of them together ask a missing seed about
   * as often as a few. That is drawn anew each time, since a view of many may soon be one of a few
   * whose way to the others is the seeds.
   */
  private boolean isItsTurn() {
    int members = list.activeCount();
    return members <= ASKERS || random.nextInt(members) < ASKERS;
  }

  /** Alone, a seed is asked again after pauses that double; else after the longest of these. */
  private long pauseAfter(Contact contact) {
    long longest = config.joinRetryMax().toNanos();
    if (list.activeCount() > 1) {
      contact.pause = config.joinRetryInitial().toNanos();
      return jittered(longest);
    }
    long pause = contact.pause;
    contact.pause = Math.min(longest, 2 * pause);
    return jittered(pause);
  }

  private long jittered(long pause) {
    return pause / 2 + random.nextLong(pause);
  }

  void resolved(long now, Seed seed, List<InetSocketAddress> addresses) {
    for (Contact contact : contacts) {
      if (contact.seed.equals(seed)) {
        contact.addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
          contact.reachable = false;
          contact.problem = "the name does not resolve";
        }
        for (InetSocketAddress address : addresses) {
          ask(now, address, contact);
        }
      }
    }
  }

  /** A busy seed named this address. */
  void tryAlternative(long now, InetSocketAddress address) {
    if (list.activeCount() == 1) {
      ask(now, address, null);
    }
  }

  /** A member is asked for all members that it knows, as a joiner asks. */
  void askForMembers(long now, InetSocketAddress address) {
    if (!self.isLeaving()) {
      open(now, address, null);
    }
  }

  private void ask(long now, InetSocketAddress address, @Nullable Contact contact) {
    if (list.activeAt(address) != null || ownAddresses.contains(address)) {
      if (contact != null) {
        contact.reachable = true;
        contact.problem = null;
      }
      return;
    }
    open(now, address, contact);
  }

  private void open(long now, InetSocketAddress address, @Nullable Contact contact) {
    if (attempts.size() >= MAX_ATTEMPTS_AT_ONCE || isAsked(address)) {
      return;
    }
    long stream = numbers.next();
    attempts.put(stream, new Attempt(random.nextLong(), address, contact, false));
    stats.add(Counter.JOINS_ATTEMPTED);
    timers.at(now + config.joinTimeout().toNanos(), new Timer.JoinTimeout(stream));
    output.connect(stream, address);
  }

  private boolean isAsked(InetSocketAddress address) {
    for (Attempt attempt : attempts.values()) {
      if (attempt.address.equals(address)) {
        return true;
      }
    }
    return false;
  }

  void connected(long now, long stream) {
    Attempt attempt = attempts.get(stream);
    if (attempt != null) {
      attempts.put(stream, new Attempt(attempt.nonce, attempt.address, attempt.contact, true));
      List<Message> request = new ArrayList<>();
      request.add(new Join(attempt.nonce));
      Comparison.record(list.self(), 0, Peer.STATE_RUMOR_BYTES, request);
      outbox.frame(now, stream, request);
    }
  }

  /** A seed has taken this node in: its members are asked for. */
  void accepted(long now, long stream, long nonce, long seed) {
    Attempt attempt = attempts.get(stream);
    if (attempt == null || attempt.nonce != nonce) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
      return;
    }
    reached(now, attempt);
    if (seed == list.self().handle) {
      ownAddresses.add(attempt.address);
      end(stream);
      return;
    }
    stats.add(Counter.JOINS_ACCEPTED);
    outbox.frame(now, stream, List.of(new PageRequest(0)));
  }

  /** A page of members came, and they have been taken over. */
  void page(long now, long stream, Page page) {
    if (!attempts.containsKey(stream)) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
    } else if (page.last() == 0) {
      end(stream);
    } else {
      outbox.frame(now, stream, List.of(new PageRequest(page.last())));
    }
  }

  void refused(long now, long stream, JoinRefused refusal) {
    Attempt attempt = attempts.get(stream);
    if (attempt == null || attempt.nonce != refusal.nonce()) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
      return;
    }
    end(stream);
    problem(attempt, "refused: " + refusal.detail());
    if (signatures.areRequired()) {
      // One seed's word silences nobody: the others are asked as well.
      if (refusal.reason() == RefusalReason.STALE_GENERATION
          && !self.isFuture(now, refusal.generation())) {
        self.outlive(now, refusal.generation());
      }
    } else if (refusal.reason() == RefusalReason.CONFLICT) {
      self.conflict(attempt.address);
    } else if (refusal.reason() == RefusalReason.STALE_GENERATION
        && !self.isFuture(now, refusal.generation())) {
      self.renew(now, refusal.generation(), attempt.address);
      if (!self.isSilent()) {
        ask(now, attempt.address, attempt.contact);
      }
    }
  }

  void busy(long now, long stream, Busy busy) {
    Attempt attempt = attempts.get(stream);
    if (attempt == null || attempt.nonce != busy.nonce()) {
      stats.drop(SwimStats.Drop.UNEXPECTED);
      return;
    }
    end(stream);
    problem(attempt, "busy");
    for (InetSocketAddress alternative : busy.alternatives()) {
      timers.at(
          now + random.nextLong(config.joinRetryInitial().toNanos()),
          new Timer.AlternativeJoin(alternative));
    }
  }

  void closed(long stream, StreamEnd end) {
    Attempt attempt = attempts.remove(stream);
    if (attempt != null) {
      if (end == StreamEnd.REFUSED) {
        problem(attempt, "connection refused");
      } else if (attempt.connected || end == StreamEnd.CLOSED) {
        problem(
            attempt,
            "closed the connection: it is of another cluster, has other keys or certificates, or"
                + " does not allow this address");
      } else {
        problem(attempt, "no connection");
      }
    }
  }

  void timedOut(long stream) {
    Attempt attempt = attempts.get(stream);
    if (attempt != null) {
      end(stream);
      problem(attempt, "no answer within " + config.joinTimeout().toMillis() + " ms");
    }
  }

  private void end(long stream) {
    attempts.remove(stream);
    output.close(stream);
  }

  private static void reached(long now, Attempt attempt) {
    Contact contact = attempt.contact;
    if (contact != null) {
      contact.reachable = true;
      contact.lastContact = now;
      contact.problem = null;
    }
  }

  private void problem(Attempt attempt, String problem) {
    stats.add(Counter.JOINS_FAILED);
    Contact contact = attempt.contact;
    if (contact != null) {
      contact.reachable = false;
      contact.problem = problem;
    }
  }

  /** The phase of a node that knows nobody else. */
  Phase phaseAlone() {
    return hasSeeds() ? Phase.JOINING : Phase.ALONE;
  }

  List<SeedReport> report(long now) {
    List<SeedReport> reports = new ArrayList<>(contacts.size());
    for (Contact contact : contacts) {
      Peer member = memberAt(contact);
      long last = contact.lastContact;
      if (member != null) {
        last = last == Peer.NEVER ? member.lastHeard() : Math.max(last, member.lastHeard());
      }
      reports.add(
          new SeedReport(
              contact.seed,
              contact.addresses,
              member == null ? contact.reachable : Boolean.TRUE,
              last == Peer.NEVER ? null : Duration.ofNanos(now - last),
              member == null ? contact.problem : null));
    }
    return List.copyOf(reports);
  }

  /**
   * The member that is at one of the seed's addresses, this node included; it need not be asked.
   */
  private @Nullable Peer memberAt(Contact contact) {
    for (InetSocketAddress address : contact.addresses) {
      Peer member = list.activeAt(address);
      if (member != null) {
        return member;
      }
    }
    return null;
  }
}
