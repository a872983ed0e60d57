package io.gossip.swim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Clue.Note;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.Zone.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a zone that is cut off from members that died: where several of a zone or region are silent
 * and nobody of it answers, all of it is declared unreachable at once, and for some time no verdict
 * falls on its members (ours; ADR 18).
 *
 * <p>A zone is looked at when three of its members are suspected, and before any verdict on one of
 * them, unless one has just answered a probe. Then some of its other members are asked. If too few
 * answer, it is cut off; each node concludes that for itself, so nothing needs to be told. That
 * members are heard is no answer: a cut may work in one direction only. A suspicion with evidence
 * of a crash is none of this; and where a kernel refuses a connection, it does answer.
 *
 * <p>What is suspected only because of its zone has status SUSPECT and no {@link Suspicion}.
 */
final class PartitionHold {

  private static final int LEAST_MEMBERS = 3;
  private static final int ASKED_AT_A_TIME = 3;
  private static final int MOST_LOOKS = 3;
  private static final int SIGNS_COUNT_FOR = 10;
  private static final int ANSWER_COUNTS_FOR = 3;

  private final long interval;
  private final long hold;
  private final MembershipList list;
  private final Dissemination rumors;
  private final Announcements announcements;
  private final Timers timers;
  private final Hearing hearing;
  private final LocalHealth health;
  private final Trails trails;
  private final PeerSelector selector;
  private final SwimStats stats;
  private final List<Peer> questions = new ArrayList<>();
  private int held;

  PartitionHold(
      SwimConfig config,
      MembershipList list,
      Dissemination rumors,
      Announcements announcements,
      Timers timers,
      Hearing hearing,
      LocalHealth health,
      Trails trails,
      PeerSelector selector,
      SwimStats stats) {
    this.interval = config.probeInterval().toNanos();
    this.hold = config.partitionHold().toNanos();
    this.list = list;
    this.rumors = rumors;
    this.announcements = announcements;
    this.timers = timers;
    this.hearing = hearing;
    this.health = health;
    this.trails = trails;
    this.selector = selector;
    this.stats = stats;
  }

  // Questions

  /** Whether the member's zone or region is held: nobody's silence there means anything. */
  boolean covers(Peer peer) {
    if (held == 0) {
      return false;
    }
    for (Zone zone = list.zones().of(peer.member); zone != null; zone = zone.region) {
      if (zone.state == State.HELD) {
        return true;
      }
    }
    return false;
  }

  /** Whether the member is suspected for no other reason than that its zone is held. */
  boolean holds(Peer peer) {
    return held > 0
        && peer.status() == MemberStatus.SUSPECT
        && peer.suspicion() == null
        && covers(peer);
  }

  /** Members to probe, for an answer from their zones; each is handed out once. */
  List<Peer> takeQuestions() {
    if (questions.isEmpty()) {
      return List.of();
    }
    List<Peer> taken = List.copyOf(questions);
    questions.clear();
    return taken;
  }

  /** Whether a verdict may fall on the member, as far as its zone goes. If not yet, it is asked. */
  boolean permitsVerdict(long now, Peer peer) {
    Zone zone = judged(now, peer);
    if (zone == null || isGivenUp(zone)) {
      return true;
    }
    if (!covers(peer) && isPresent(now, zone)) {
      return true;
    }
    ask(now, zone);
    return false;
  }

  private static boolean isGivenUp(Zone zone) {
    return zone.state == State.GIVEN_UP
        || (zone.region != null && zone.region.state == State.GIVEN_UP);
  }

  /** Those who count as the member's zone: its region, where its zone is too small to tell. */
  private @Nullable Zone judged(long now, Peer peer) {
    Zone zone = hold == 0 ? null : list.zones().of(peer.member);
    while (zone != null && !canBeCutOff(now, zone)) {
      zone = zone.region;
    }
    return zone;
  }

  /** Nobody is cut off from its own zone alone; but who hears no other zone either may be. */
  private boolean canBeCutOff(long now, Zone zone) {
    return zone.members >= LEAST_MEMBERS
        && (!zone.own || held > 0 || (hearing.isDeaf(now) && isAnotherZoneThere()));
  }

  private boolean isAnotherZoneThere() {
    for (Zone zone : list.zones().all()) {
      if (!zone.own && zone.members >= LEAST_MEMBERS) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is known without asking that the zone is there. */
  private boolean isPresent(long now, Zone zone) {
    long answers = ANSWER_COUNTS_FOR * interval;
    return zone.mostAreSuspect()
        ? zone.answeredAt != Peer.NEVER && now - zone.answeredAt <= answers
        : zone.lastAnswer != Peer.NEVER && now - zone.lastAnswer <= interval + interval / 2;
  }

  /** A member was accused, again or for the first time: is it its zone that is silent? */
  void suspected(long now, Peer peer) {
    Zone zone = judged(now, peer);
    if (zone != null
        && zone.state == State.CONNECTED
        && zone.suspects >= LEAST_MEMBERS
        && !covers(peer)
        && !isGivenUp(zone)
        && !isPresent(now, zone)) {
      ask(now, zone);
    }
  }

  private void ask(long now, Zone zone) {
    Zone asked = widest(now, zone);
    if (asked.state != State.CONNECTED) {
      return;
    }
    asked.enter(State.ASKED, now);
    askSome(now, asked);
  }

  private void askSome(long now, Zone asked) {
    questionSome(asked, ASKED_AT_A_TIME, false);
    look(asked, now + interval);
  }

  private void questionSome(Zone asked, int count, boolean alsoSuspects) {
    questions.addAll(
        selector.pickRare(
            count,
            peer -> (alsoSuspects || peer.status() == MemberStatus.ALIVE) && isIn(asked, peer)));
  }

  /** The region, if all of it is silent, so that one cut is one event. */
  private Zone widest(long now, Zone zone) {
    Zone region = zone.region;
    return region != null && canBeCutOff(now, region) && !region.own && isSilent(now, region)
        ? region
        : zone;
  }

  private boolean isSilent(long now, Zone region) {
    return !isAnyZoneHeld(region)
        && !isPresent(now, region)
        && (region.answeredAt == Peer.NEVER
            || now - region.answeredAt > ANSWER_COUNTS_FOR * interval);
  }

  private boolean isAnyZoneHeld(Zone region) {
    for (Zone zone : list.zones().all()) {
      if (zone.region == region && (zone.state == State.HELD || zone.state == State.GIVEN_UP)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIn(Zone zone, Peer peer) {
    Zone its = peer == list.self() ? null : list.zones().of(peer.member);
    return its != null && (its == zone || its.region == zone);
  }

  private void look(Zone zone, long due) {
    zone.due = due;
    timers.at(due, new Timer.ZoneCheck(zone.name, due));
  }

  // Conclusions

  /** Time to look at a zone that was asked or is held. */
  void check(long now, String name, long due) {
    Zone zone = list.zones().named(name);
    if (zone == null || zone.due != due) {
      return;
    }
    if (zone.state == State.ASKED) {
      conclude(now, zone);
    } else if (zone.state == State.HELD && now - zone.since >= hold) {
      zone.enter(State.GIVEN_UP, now);
      held--;
      look(zone, now + interval);
    } else if (zone.state != State.CONNECTED && zone.members > 0) {
      // Its turn in the round of probes may be hours away in a large cluster.
      questionSome(zone, 1, true);
      look(
          zone,
          zone.state == State.HELD ? Math.min(now + interval, zone.since + hold) : now + interval);
    }
  }

  private void conclude(long now, Zone zone) {
    if (hearing.graceUntil() > now || hearing.holds(now, list.activeCount())) {
      look(zone, now + interval); // these ears are not to be trusted
      return;
    }
    Zone region = zone.region;
    if (region != null && region.state == State.HELD) {
      zone.enter(State.CONNECTED, now); // all of it is taken care of
      return;
    }
    int signs = zone.signs.size();
    int silent = silent(zone);
    boolean cut = signs == 0 || (signs < zone.enough() && 2 * silent > zone.members);
    boolean again = signs == 0 && ++zone.looks < MOST_LOOKS;
    if (cut && silent >= (again || signs > 0 ? LEAST_MEMBERS : 1)) {
      if (region != null && mayBeMeant(now, zone, region)) {
        look(zone, now + interval + interval / 10);
      } else {
        declare(now, zone);
      }
    } else if (again) {
      askSome(now, zone);
    } else {
      zone.answeredAt = now;
      zone.enter(State.CONNECTED, now);
    }
  }

  /**
   * Whether it may be all of the region that is cut off, which had answered just before the zone
   * was asked: then the region is asked first.
   */
  private boolean mayBeMeant(long now, Zone zone, Zone region) {
    if (region.state == State.ASKED) {
      return true;
    }
    if (region.state != State.CONNECTED
        || region.own
        || isAnyZoneHeld(region)
        || (region.lastAnswer != Peer.NEVER && region.lastAnswer >= zone.since)) {
      return false;
    }
    region.enter(State.ASKED, now);
    askSome(now, region);
    return true;
  }

  /** Suspects without evidence of a crash. */
  private int silent(Zone zone) {
    int silent = 0;
    for (int i = 0; i < list.activeCount(); i++) {
      Peer peer = list.active(i);
      silent +=
          peer.status() == MemberStatus.SUSPECT && !isCrashed(peer) && isIn(zone, peer) ? 1 : 0;
    }
    return silent;
  }

  private static boolean isCrashed(Peer peer) {
    Suspicion running = peer.suspicion();
    return running != null && running.crashObservers() > 0;
  }

  private void declare(long now, Zone zone) {
    List<Member> suspects = new ArrayList<>(zone.members);
    for (Peer peer : list.all()) {
      if (peer.isActive() && isIn(zone, peer) && !isCrashed(peer) && !zone.hasSignOf(peer.handle)) {
        trails.cutOff(now, peer, hold);
        peer.endSuspicion();
        rumors.retract(peer.handle);
        if (peer.status() == MemberStatus.ALIVE) {
          list.replace(now, peer, peer.member.with(MemberStatus.SUSPECT));
        }
        suspects.add(peer.member);
      }
    }
    zone.enter(State.HELD, now);
    held++;
    look(zone, now + Math.min(interval, hold));
    // Relays there that said nothing were held against this node.
    health.add(Integer.MIN_VALUE);
    stats.add(Counter.ZONES_HELD);
    announcements.add(
        new MembershipEvent.ZoneUnreachable(list.self().member, zone.name, byName(suspects)));
  }

  /** Whether the member's zone has been held and come back since then. */
  boolean hasComeBack(Peer peer, long since) {
    for (Zone zone = list.zones().of(peer.member); zone != null; zone = zone.region) {
      if (zone.backAt != Peer.NEVER && zone.backAt >= since) {
        return true;
      }
    }
    return false;
  }

  // Answers

  /** A member that was held is heard: if it answers, too, perhaps all of its zone is back. */
  void heard(Peer peer) {
    if (covers(peer) && questions.size() < ASKED_AT_A_TIME) {
      questions.add(peer);
    }
  }

  /** A member, or at least its host, answered a probe: so far, its zone is there. */
  void answered(long now, Peer peer) {
    for (Zone zone = list.zones().of(peer.member); zone != null; zone = zone.region) {
      zone.lastAnswer = now;
      if (zone.state != State.CONNECTED) {
        int signs = zone.sign(peer.handle, now, now - SIGNS_COUNT_FOR * interval);
        if (zone.state != State.ASKED) {
          if (signs >= zone.enough()) {
            reachable(now, zone);
          } else {
            questionSome(zone, ASKED_AT_A_TIME, true); // or is it only this one?
          }
        }
      }
    }
  }

  private void reachable(long now, Zone zone) {
    held -= zone.state == State.HELD ? 1 : 0;
    zone.answeredAt = now;
    zone.backAt = now;
    zone.enter(State.CONNECTED, now);
    List<Member> back = new ArrayList<>(zone.members);
    for (Peer peer : list.all()) {
      if (peer.status() == MemberStatus.SUSPECT
          && peer.suspicion() == null
          && isIn(zone, peer)
          && !covers(peer)) {
        trails.refuted(now, peer, Note.ZONE_BACK);
        list.replace(now, peer, peer.member.with(MemberStatus.ALIVE));
        back.add(peer.member);
      }
    }
    announcements.add(
        new MembershipEvent.ZoneReachable(list.self().member, zone.name, byName(back)));
  }

  private static List<Member> byName(List<Member> members) {
    members.sort(Comparator.comparing(Member::id));
    return List.copyOf(members);
  }

  // For people

  /** The zones and regions that are cut off, by name. */
  List<String> unreachable() {
    List<String> names = new ArrayList<>();
    for (Zone zone : list.zones().all()) {
      if (zone.members > 0 && (zone.state == State.HELD || zone.state == State.GIVEN_UP)) {
        names.add(zone.name);
      }
    }
    names.sort(null);
    return List.copyOf(names);
  }

  /**
   * Whether this node sees most of everybody else silent: then it is more likely cut off itself.
   */
  boolean mostAreSuspect() {
    int suspects = list.zones().suspects();
    return suspects >= LEAST_MEMBERS && 2 * suspects > list.activeCount() - 1;
  }
}
