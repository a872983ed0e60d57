package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Streams to the members that follow this node on the ring of handles, each of which is so watched
 * by those before it. The kernel of a process that is killed closes its streams at once; that of
 * one which is paused does not, and a cut closes none. So a link that ends without a word is a
 * reason to look at once, and no more than that: what is then found is {@link Prober}'s and {@link
 * Verdicts}' business.
 *
 * <p>A link at rest carries nothing.
 */
final class WatchLinks {

  private static final long TEND_NANOS = 1_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final int LONGEST_PAUSE = 5; // doublings: 32 s

  /** A link that lasted so long was a good one: its end counts as the first. */
  private static final long STEADY_NANOS = 60_000_000_000L;

  /** Attempts that have to fail, with none that ever came about, until TCP counts as blocked. */
  private static final int BLOCKED_SIGNS = 6;

  private static final class Link {
    final Peer target;
    final long nonce;
    long askedAt;
    boolean up;
    long upSince;

    Link(Peer target, long nonce) {
      this.target = target;
      this.nonce = nonce;
    }
  }

  /** When a link that failed is tried again; the longer the more often it has. */
  private record Pause(int doublings, long until) {}

  private final int wanted;
  private final long timeout;
  private final MembershipList list;
  private final PartitionHold hold;
  private final Prober prober;
  private final SuspicionTerms terms;
  private final Trails trails;
  private final RoundTrips roundTrips;
  private final StreamNumbers numbers;
  private final Outbox outbox;
  private final Timers timers;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final Output output;

  private final Map<Long, Link> links = new LinkedHashMap<>(); // by stream
  private final Map<Long, Pause> pauses = new LinkedHashMap<>(); // by handle
  private boolean worked;
  private int failures;

  WatchLinks(
      SwimConfig config,
      MembershipList list,
      PartitionHold hold,
      Prober prober,
      SuspicionTerms terms,
      Trails trails,
      RoundTrips roundTrips,
      StreamNumbers numbers,
      Outbox outbox,
      Timers timers,
      RandomGenerator random,
      SwimStats stats,
      Output output) {
    this.wanted = config.watchLinks();
    this.timeout = 2 * config.probeInterval().toNanos();
    this.list = list;
    this.hold = hold;
    this.prober = prober;
    this.terms = terms;
    this.trails = trails;
    this.roundTrips = roundTrips;
    this.numbers = numbers;
    this.outbox = outbox;
    this.timers = timers;
    this.random = random;
    this.stats = stats;
    this.output = output;
  }

  /** How many there are, open or opening. */
  int size() {
    return links.size();
  }

  /** How many are open. */
  int up() {
    int up = 0;
    for (Link link : links.values()) {
      up += link.up ? 1 : 0;
    }
    return up;
  }

  /** How many there should be. */
  int wanted() {
    return Math.min(wanted, list.activeCount() - 1);
  }

  /** Whether no link has ever come about, though several were tried. */
  boolean isBlocked() {
    return !worked && failures >= BLOCKED_SIGNS;
  }

  boolean owns(long stream) {
    return links.containsKey(stream);
  }

  /** Begins; at another moment than others do who began together. */
  void begin(long now) {
    if (wanted > 0) {
      timers.at(now + random.nextLong(TEND_NANOS), new Timer.WatchTick());
    }
  }

  /** Brings the links in line with who follows this node now. */
  void tick(long now) {
    timers.at(now + TEND_NANOS, new Timer.WatchTick());
    List<Peer> following = list.following(list.self(), wanted);
    links
        .entrySet()
        .removeIf(
            link -> {
              boolean ends = !following.contains(link.getValue().target);
              if (ends) {
                output.close(link.getKey());
              }
              return ends;
            });
    pauses.keySet().removeIf(handle -> !following.contains(list.find(handle)));
    for (int i = 0; i < following.size(); i++) {
      Peer target = following.get(i);
      if (!hold.holds(target) && !isLinked(target) && !isPaused(now, target)) {
        open(now, target);
      }
    }
  }

  private boolean isLinked(Peer target) {
    for (Link link : links.values()) {
      if (link.target == target) {
        return true;
      }
    }
    return false;
  }

  private boolean isPaused(long now, Peer target) {
    Pause pause = pauses.get(target.handle);
    return pause != null && now < pause.until;
  }

  private void open(long now, Peer target) {
    stats.add(Counter.LINKS_OPENED);
    long stream = numbers.next();
    links.put(stream, new Link(target, random.nextLong()));
    timers.at(now + timeout, new Timer.WatchTimeout(stream));
    output.connect(stream, target.address());
  }

  void connected(long now, long stream) {
    Link link = links.get(stream);
    if (link != null) {
      link.askedAt = now;
      output.keep(stream);
      outbox.frame(now, stream, List.of(new Message.Watch(link.nonce, link.target.handle)));
    }
  }

  /** The other end has answered; whether it was asked by one of these. */
  boolean answered(long now, long stream, long nonce, long sender) {
    Link link = links.get(stream);
    if (link == null || link.nonce != nonce) {
      return false;
    }
    if (sender == link.target.handle) {
      link.up = true;
      link.upSince = now;
      worked = true;
      roundTrips.sample(link.target, now - link.askedAt);
      terms.streamsWork();
    } else {
      end(now, stream);
      output.close(stream);
      prober.urgent(now, link.target); // somebody else is there
    }
    return true;
  }

  /** A link is over, or did not come about. */
  void closed(long now, long stream, StreamEnd how) {
    Link link = end(now, stream);
    if (link == null) {
      return;
    }
    if (link.up && link.target.isActive()) {
      stats.add(Counter.LINKS_LOST);
      trails.linkLost(now, link.target, now - link.upSince);
    }
    if (link.up || how == StreamEnd.REFUSED) {
      prober.urgent(now, link.target);
    }
  }

  void timedOut(long now, long stream) {
    Link link = links.get(stream);
    if (link != null && !link.up) {
      end(now, stream);
      output.close(stream);
    }
  }

  private @Nullable Link end(long now, long stream) {
    Link link = links.remove(stream);
    if (link == null) {
      return null;
    }
    boolean steady = link.up && now - link.upSince >= STEADY_NANOS;
    Pause before = steady ? null : pauses.get(link.target.handle);
    int doublings = before == null ? 0 : Math.min(before.doublings + 1, LONGEST_PAUSE);
    pauses.put(link.target.handle, new Pause(doublings, now + (FIRST_PAUSE_NANOS << doublings)));
    failures += worked ? 0 : 1;
    return link;
  }
}
