package io.gossip.sim;

import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Rule;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Ping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * How a process comes to its verdicts, seen from outside. S4: it declares nobody dead within the
 * shortest suspicion, without a last look, in greater number than the brake allows, while it is
 * deaf, or right after a pause, which it has to notice; nor on its own word that a host refuses,
 * which it does not give before a ping has had its time. S9: it does not answer for another life.
 * S10: it takes nothing for an answer that it did not ask for.
 */
final class Conduct {
  private static final int QUESTIONS = 4_096;
  private static final int LOOKED_AT = 1_024;
  private static final int PINGS = 8;
  private static final long SHORTEST_LOOK_NANOS = 450_000_000L;
  private static final long LAST_LOOK_NANOS = 2_200_000_000L;
  private static final long LONGEST_LOOK_NANOS = 8_200_000_000L;
  private static final int DEATHS_AT_LEAST = 2;
  private static final int DEATHS_AT_LEAST_ALONE = 8;
  private static final int SMALL_CLUSTER = 3;
  private static final int FULL_HOLD_CLUSTER = 5;

  private final Object self;
  private final String id;
  private final SwimConfig config;
  private final ToLongFunction<Counter> counts;
  private final long interval;

  // What it has asked, and whom, lately.
  private final Set<Long> questions = new LinkedHashSet<>();
  private final Map<Long, long[]> pings = new LinkedHashMap<>(); // the last few of each target

  private final Deque<Long> deaths = new ArrayDeque<>();
  private final List<MembershipEvent.Failed> failed = new ArrayList<>();
  private final Set<Long> mayAnswer = new LinkedHashSet<>();
  private final List<Long> answered = new ArrayList<>();
  private final Deque<Size> views = new ArrayDeque<>(); // each smaller than the one before it
  private long turn; // when the present one began
  private boolean byDatagram; // whether the present one deals with some
  private long lastInput; // of anybody
  private long lastHeard; // from a member for certain
  private long pausedAt;
  private long pauses;
  private long deathsBefore;
  private long directBefore;
  private boolean shouldNoticePause;

  /** The size of the view at a time. */
  private record Size(long at, int members) {}

  /**
   * Begins to look at a process that has not begun.
   *
   * @param counts what it counts
   */
  Conduct(Object self, SwimConfig config, ToLongFunction<Counter> counts) {
    this.self = self;
    this.id = self.toString();
    this.config = config;
    this.counts = counts;
    interval = config.probeInterval().toNanos();
  }

  // What it sends and tells

  void sends(long now, List<Message> messages) {
    for (Message message : messages) {
      if (message instanceof Ping ping) {
        remember(now, ping);
      } else if (message instanceof Ack ack) {
        answered.add(ack.nonce());
      }
    }
  }

  private void remember(long now, Ping ping) {
    questions.add(ping.nonce());
    if (questions.size() > QUESTIONS) {
      questions.remove(questions.iterator().next());
    }
    long[] times = pings.remove(ping.target());
    if (times == null) {
      times = new long[PINGS];
      Arrays.fill(times, Long.MIN_VALUE / 2);
    }
    System.arraycopy(times, 1, times, 0, PINGS - 1);
    times[PINGS - 1] = now;
    pings.put(ping.target(), times);
    if (pings.size() > LOOKED_AT) {
      pings.remove(pings.keySet().iterator().next());
    }
  }

  void publishes(MembershipEvent event) {
    if (event instanceof MembershipEvent.Failed death) {
      failed.add(death);
      if (death.detection().toNanos() < interval) { // else what it said may be long past
        checkWaited(turn, death.member(), death.accusations());
      }
    } else if (event instanceof MembershipEvent.Suspected suspicion) {
      checkWaited(turn, suspicion.member(), suspicion.accusations());
    }
  }

  /** Who says that a host refuses has pinged the process and given it the time to answer. */
  private void checkWaited(long now, Member accused, List<Accusation> accusations) {
    for (Accusation accusation : accusations) {
      if (accusation.evidence() == Evidence.REFUSED && isMine(accusation)) {
        long[] times = pings.get(accused.identity().handle());
        if (times == null || Arrays.stream(times).noneMatch(ping -> isWaitedFor(now, ping))) {
          throw new Violation("S4: " + self + " does not wait for an answer of " + accused);
        }
      }
    }
  }

  private boolean isMine(Accusation accusation) {
    return accusation.accuser().equals(id);
  }

  private boolean isWaitedFor(long now, long pinged) {
    long ago = now - pinged;
    return ago >= config.probeTimeoutFloor().toNanos() && ago <= 2 * LONGEST_LOOK_NANOS;
  }

  // Its turns

  /**
   * Something is about to be dealt with.
   *
   * @param due when its next timer was to go off
   */
  void begins(long now, long due) {
    turn = now;
    byDatagram = false;
    failed.clear();
    answered.clear();
    deathsBefore = counts.applyAsLong(Counter.DEATHS_DECLARED);
    directBefore = counts.applyAsLong(Counter.PROBES_DIRECT);
    pauses = counts.applyAsLong(Counter.PAUSES);
    long since = Math.max(due, pausedAt);
    // Twice what it needs to be noticed.
    shouldNoticePause = since < now && now - since > config.probeTimeout().toNanos();
  }

  /** A datagram is about to be dealt with. */
  void hears(long now, boolean fromMember) {
    byDatagram = true;
    lastInput = now;
    lastHeard = fromMember ? now : lastHeard;
  }

  /** A datagram has been dealt with. */
  void heard(List<Message> messages, long handleBefore, long handleAfter) {
    long expected = 0;
    mayAnswer.clear();
    for (Message message : messages) {
      if (message instanceof Ack ack && questions.remove(ack.nonce())) {
        expected++;
      } else if (message instanceof Ping ping
          && (ping.target() == 0
              || ping.target() == handleBefore
              || ping.target() == handleAfter)) {
        mayAnswer.add(ping.nonce());
      }
    }
    if (counts.applyAsLong(Counter.PROBES_DIRECT) - directBefore > expected) {
      throw new Violation("S10: " + self + " takes " + messages + " for an answer");
    }
    if (!mayAnswer.containsAll(answered)) {
      throw new Violation("S9: " + self + " answers " + messages + ", meant for another");
    }
  }

  /** A frame has been dealt with. */
  void heardFrame(long now) {
    lastInput = now;
  }

  /** A turn is over. */
  void ended(long now, Membership view, boolean byTimer) {
    if (counts.applyAsLong(Counter.PAUSES) > pauses) {
      pausedAt = now;
      lastInput = now;
      lastHeard = now;
    } else if (shouldNoticePause && goesBy(Rule.PAUSE_GUARD)) {
      throw new Violation("S4: " + self + " does not notice that it has paused");
    }
    measure(now, view.members().size());
    for (long i = counts.applyAsLong(Counter.DEATHS_DECLARED) - deathsBefore; i > 0; i--) {
      deaths.addLast(now);
    }
    if (counts.applyAsLong(Counter.DEATHS_DECLARED) > deathsBefore) {
      checkDeaths(now, view.members().size());
    }
    for (MembershipEvent.Failed death : failed) {
      checkWitnesses(now, view.members().size(), death);
      if (byTimer) {
        checkCare(now, death);
      }
    }
  }

  /** One node's word that a host refuses is no verdict, unless there are few or it is alone. */
  private void checkWitnesses(long now, int members, MembershipEvent.Failed death) {
    boolean mayBeAlone = now - lastHeard > interval + interval / 2;
    List<Accusation> crash =
        death.accusations().stream().filter(each -> each.evidence().showsCrash()).toList();
    if (crash.size() == 1
        && crash.get(0).evidence() == Evidence.REFUSED
        && isMine(crash.get(0))
        && death.detection().toNanos() < (long) (config.suspicionMultiplier() * interval)
        && !byDatagram // else others may have come to it, who are few
        && members > SMALL_CLUSTER
        && !mayBeAlone) {
      throw new Violation("S4: " + self + " takes its own word for " + death);
    }
  }

  /**
   * How large the view has been of late: a share of it may be declared dead, and how many that are
   * is settled when a last look at one of them begins.
   */
  private void measure(long now, int members) {
    while (!views.isEmpty() && views.getLast().members <= members) {
      views.removeLast();
    }
    views.addLast(new Size(now, members));
    while (now - views.getFirst().at > 5 * interval + LONGEST_LOOK_NANOS && views.size() > 1) {
      views.removeFirst();
    }
  }

  private void checkDeaths(long now, int members) {
    while (now - deaths.getFirst() >= 5 * interval) {
      deaths.removeFirst();
    }
    long deafAfter = interval + interval / 2;
    boolean deaf = now - lastInput > deafAfter;
    boolean mayBeAlone = now - lastHeard > deafAfter;
    int least = mayBeAlone ? DEATHS_AT_LEAST_ALONE : DEATHS_AT_LEAST;
    int most = Math.max(least, (int) Math.ceil(config.deathShare() * views.getFirst().members));
    if (deaths.size() > most && goesBy(Rule.STORM_BRAKE)) {
      throw new Violation("S4: " + self + " declares " + deaths.size() + " deaths at a time");
    }
    if (deaf && now - lastHeard < deafAfter + hold(members) && goesBy(Rule.DEAF_HOLD)) {
      throw new Violation("S4: " + self + " declares a death though it hears nobody");
    }
    // Not before the grace is over does a last look begin.
    long grace = interval + (goesBy(Rule.LAST_LOOK) ? SHORTEST_LOOK_NANOS : 0);
    if (now - pausedAt < grace && pausedAt > 0 && goesBy(Rule.PAUSE_GUARD)) {
      throw new Violation("S4: " + self + " declares a death right after a pause");
    }
  }

  private boolean goesBy(Rule rule) {
    return config.rules().contains(rule);
  }

  private long hold(int members) {
    long hold = config.deafHold().toNanos();
    return members <= SMALL_CLUSTER ? 0 : members < FULL_HOLD_CLUSTER ? hold / 3 : hold;
  }

  /** A verdict of its own, but for those on evidence of a crash. */
  private void checkCare(long now, MembershipEvent.Failed death) {
    for (Accusation accusation : death.accusations()) {
      if (accusation.evidence().showsCrash()) {
        return;
      }
    }
    if (death.detection().toNanos() < (long) (config.suspicionMultiplier() * interval)) {
      throw new Violation("S4: " + self + " declares too early: " + death);
    }
    Member victim = death.member();
    long[] times = pings.get(victim.identity().handle());
    boolean looked = times != null && now - times[PINGS - 2] <= LAST_LOOK_NANOS;
    if (!looked && goesBy(Rule.LAST_LOOK)) {
      throw new Violation("S4: " + self + " takes no last look before " + death);
    }
  }
}
