package io.gossip.sim.tool;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Deaths declared: those of running processes, by whom, and how soon the true ones are known. */
final class Deaths {

  /** The kinds of deaths of processes that were running. */
  enum Kind {
    /** An afflicted process: paused, starved, behind a bad connection. */
    OF_AFFLICTED,
    /** A healthy one, by an observer on the other side of a cut. */
    ACROSS_CUTS,
    /** A healthy one, by an afflicted observer. */
    BY_AFFLICTED,
    /** A healthy one, by a healthy observer: the one that should never be. */
    BY_HEALTHY
  }

  private final BiPredicate<Resident, Resident> separated;
  private final Map<Kind, Integer> running = new EnumMap<>(Kind.class);
  private final List<Gone> gone = new ArrayList<>();
  private final Map<Identity, Gone> byIdentity = new HashMap<>(); // looked up only
  private final Series series =
      new Series(
          "deaths", "seconds", "of afflicted", "across cuts", "by afflicted", "by healthy", "true");
  private int trueDeaths;

  /** A process that ended, and who has noticed. */
  private static final class Gone {
    final Duration at;
    final BitSet concerned;
    final BitSet noticed = new BitSet();
    @Nullable Duration first;
    @Nullable Duration last;

    Gone(Duration at, BitSet concerned) {
      this.at = at;
      this.concerned = concerned;
    }
  }

  /** No deaths; {@code separated} says whether a cut is between two nodes now. */
  Deaths(BiPredicate<Resident, Resident> separated) {
    this.separated = separated;
  }

  /** A process ends without a word; those on its side of any cut should notice. */
  void ended(Resident victim, Duration now, List<Resident> residents) {
    BitSet concerned = new BitSet();
    for (Resident other : residents) {
      if (other != victim && other.isRunning() && !separated.test(other, victim)) {
        concerned.set(other.slot());
      }
    }
    Gone ended = new Gone(now, concerned);
    gone.add(ended);
    byIdentity.put(victim.node().self().identity(), ended);
  }

  /**
   * An observer published something about a member.
   *
   * @param subject the slot of that name; {@code null} if there is none
   */
  void published(
      Resident observer, @Nullable Resident subject, MembershipEvent event, Duration now) {
    if (event instanceof MembershipEvent.Failed failed) {
      if (subject != null && subject.lives(failed.member())) {
        running.merge(kind(observer, subject), 1, Integer::sum);
      } else {
        trueDeaths++;
        notice(observer, failed.member(), now);
      }
    } else if (event instanceof MembershipEvent.Left left) {
      notice(observer, left.member(), now);
    } else if (event instanceof MembershipEvent.Restarted restarted) {
      notice(observer, restarted.previous(), now);
    }
  }

  private Kind kind(Resident observer, Resident victim) {
    if (victim.isAfflicted()) {
      return Kind.OF_AFFLICTED;
    }
    if (separated.test(observer, victim)) {
      return Kind.ACROSS_CUTS;
    }
    return observer.isAfflicted() ? Kind.BY_AFFLICTED : Kind.BY_HEALTHY;
  }

  private void notice(Resident observer, Member member, Duration now) {
    Gone about = byIdentity.get(member.identity());
    if (about == null || !about.concerned.get(observer.slot())) {
      return;
    }
    about.noticed.set(observer.slot());
    about.first = about.first == null ? now : about.first;
    about.last = now;
  }

  /** A second has passed. */
  void second(Duration now) {
    series.add(
        Format.seconds(now),
        count(Kind.OF_AFFLICTED),
        count(Kind.ACROSS_CUTS),
        count(Kind.BY_AFFLICTED),
        count(Kind.BY_HEALTHY),
        trueDeaths);
  }

  int count(Kind kind) {
    return running.getOrDefault(kind, 0);
  }

  /** Deaths declared of healthy processes that were running. */
  int ofHealthy() {
    return count(Kind.ACROSS_CUTS) + count(Kind.BY_AFFLICTED) + count(Kind.BY_HEALTHY);
  }

  /** Deaths declared of processes that had ended, by all observers together. */
  int trueDeaths() {
    return trueDeaths;
  }

  /** Processes that ended without a word. */
  int ended() {
    return gone.size();
  }

  /** From the end of each process until the first noticed; {@code null} for never. */
  List<@Nullable Duration> untilFirst() {
    List<@Nullable Duration> times = new ArrayList<>();
    for (Gone one : gone) {
      times.add(one.first == null ? null : one.first.minus(one.at));
    }
    return times;
  }

  /**
   * From the end of each process until all had noticed that ran on its side then and still run;
   * {@code null} for never.
   */
  List<@Nullable Duration> untilAll(List<Resident> residents) {
    List<@Nullable Duration> times = new ArrayList<>();
    for (Gone one : gone) {
      BitSet missing = new BitSet();
      for (Resident resident : residents) {
        if (resident.isRunning()
            && one.concerned.get(resident.slot())
            && resident.since().compareTo(one.at) <= 0) {
          missing.set(resident.slot());
        }
      }
      missing.andNot(one.noticed);
      times.add(one.last == null || !missing.isEmpty() ? null : one.last.minus(one.at));
    }
    return times;
  }

  Series series() {
    return series;
  }
}
