package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one process's view at every moment, whatever the world does to it.
 *
 * <p>S1: no record ever yields to one of lower precedence, except that a member's own sign of life
 * ends a suspicion. S2: nobody knows of a member what it never said ({@link Lives}). S3: who was
 * dead or had left is only alive again with a higher incarnation or generation, also after it was
 * forgotten. S5: who has left is never called dead. S6: a running process is alive in its own eyes,
 * and answers an accusation in the turn in which it hears of it ({@link Hearsay}). S7: nobody of
 * another cluster is in the view. S8: the events, replayed, give the view. S9: a process whose name
 * another bears does not renew for ever.
 *
 * <p>A full watch looks at every record that is not the one it saw before. A light one, for worlds
 * of thousands, looks at the members that events were about, and at all of them now and then.
 */
@SuppressWarnings("ReferenceEquality") // the same object needs no second look
final class Watch {
  private static final int LEAST_CHANGES_BETWEEN_LOOKS_AT_ALL = 64;
  private static final int MANY = 64;
  private static final int MOST_RENEWALS = 5;
  private static final Member[] NOBODY = {};
  private static final int[] NEVER = {};

  private final NodeId self;
  private final Lives lives;
  private final long tombstoneNanos;
  private final String cluster;
  private final Sightings sightings;
  private final @Nullable Hearsay hearsay; // only where the watch is full

  // By the numbers of Lives: what was seen last, kept when it is forgotten; since when a departed
  // member has been so, in milliseconds; and who is there according to the events.
  private Member[] seen = NOBODY;
  private int[] departedAt = NEVER;
  private final BitSet there = new BitSet();
  private Map<Integer, Member> told = new LinkedHashMap<>(); // by events, since the last look
  private @Nullable Membership last; // only where the watch is full
  private long lastVersion = -1;
  private int unseenChanges;
  private int renewals = -1;
  private long generation = -1;

  Watch(NodeId self, SwimConfig config, Lives lives, Sightings sightings, boolean full) {
    this.self = self;
    this.lives = lives;
    this.sightings = sightings;
    cluster = config.cluster();
    tombstoneNanos = config.tombstoneRetention().toNanos();
    hearsay = full ? new Hearsay(cluster) : null;
  }

  // S8, first half: the events of a member form a word

  void published(MembershipEvent event) {
    if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      publishedAboutZone(cut, cut.members());
      return;
    }
    if (event instanceof MembershipEvent.ZoneReachable healed) {
      publishedAboutZone(healed, healed.members());
      return;
    }
    NodeId id = event.member().id();
    if (id.equals(self)) {
      return;
    }
    int number = number(event.member());
    Member before = replayed(number);
    String fault = EventRules.fault(event, before);
    if (fault != null) {
      boolean calledDead =
          before != null
              && before.status() == MemberStatus.LEFT
              && event instanceof MembershipEvent.Failed;
      throw new Violation(
          (calledDead ? "S5: " : "S8: ") + self + " published " + event + ", but " + fault);
    }
    if (event instanceof MembershipEvent.Forgotten) {
      told.remove(number);
      there.clear(number);
    } else {
      told.put(number, event.member());
      there.set(number);
    }
  }

  /** One event for many members: as if each of them had been suspected, or had recovered. */
  private void publishedAboutZone(MembershipEvent event, List<Member> members) {
    for (Member member : members) {
      int number = number(member);
      Member before = replayed(number);
      String fault = EventRules.faultOfZone(event, member, before);
      if (fault != null || member.id().equals(self)) {
        throw new Violation("S8: " + self + " published " + event + ", but " + fault);
      }
      told.put(number, member);
    }
  }

  private int number(Member member) {
    int number = lives.number(member.id());
    if (number < 0) {
      throw new Violation("S2: " + self + " sees " + member + ", but nobody ever bore that name");
    }
    return number;
  }

  /** A member as the events tell it. */
  private @Nullable Member replayed(int number) {
    Member news = told.get(number);
    return news != null ? news : there.get(number) ? seen[number] : null;
  }

  // What it is told, and how it answers

  /** A datagram is about to be dealt with. */
  void hears(ByteBuffer datagram) {
    if (hearsay != null) {
      hearsay.read(datagram);
    }
  }

  /** What it says. */
  List<Message> messages() {
    return hearsay == null ? List.of() : hearsay.messages();
  }

  /** Whether the datagram is from a member that the process keeps, at its address. */
  boolean hearsMember(InetSocketAddress from, Membership view) {
    Member sender = hearsay == null ? null : lives.bearer(hearsay.sender());
    Member known = sender == null ? null : find(view.members(), sender.id());
    return known != null
        && sender != null
        && known.generation() == sender.generation()
        && known.address().equals(from);
  }

  /** What a datagram says that this process sends. */
  List<Message> read(ByteBuffer datagram) {
    return hearsay == null ? List.of() : hearsay.peek(datagram);
  }

  /** Whether it is none of this cluster. */
  boolean hearsForeigner() {
    return hearsay != null && hearsay.isForeign();
  }

  /**
   * How many bytes may be answered to the datagram that is being dealt with, if its sender is no
   * member (B5).
   */
  int mayAnswer(ByteBuffer datagram) {
    return hearsay != null && hearsay.isForeign() ? 0 : datagram.remaining();
  }

  /** Whether a member that this process may answer at length listens there. */
  static boolean isMemberAt(InetSocketAddress address, Membership view) {
    for (Member member : view.members()) {
      if (member.address().equals(address)) {
        return true;
      }
    }
    for (Member departed : view.departed()) {
      if (departed.status() == MemberStatus.DEAD && departed.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** The datagram has been dealt with. */
  void heard(Member before, Member after, Phase phase) {
    if (hearsay != null) {
      if (!lives.isSomebodyLying()) {
        hearsay.answered(before, after, phase);
      }
      sightings.heard(before, after, hearsay.messages());
      for (Message message : hearsay.messages()) {
        if (message instanceof Update.Alive alive && isBuried(alive)) {
          sightings.add(Sight.TOMBSTONE_HIT, 1);
        } else if (message instanceof Update.Suspect suspect) {
          lives.checkCharges(suspect.handle(), suspect.incarnation(), suspect.charges());
        } else if (message instanceof Update.Dead dead) {
          lives.checkCharges(dead.handle(), dead.incarnation(), dead.charges());
        }
      }
    }
  }

  private boolean isBuried(Update.Alive news) {
    int number = lives.number(news.id());
    Member kept = number >= 0 && number < seen.length ? seen[number] : null;
    return kept != null
        && !there.get(number)
        && !kept.id().equals(self)
        && kept.generation() == news.generation();
  }

  // The view, after each turn

  void looked(long now, Membership view, Phase phase) {
    if (view.version() == lastVersion && (view == last || hearsay == null)) {
      checkTold(now, view); // an event about a zone need not change the view
      return;
    }
    if (view.version() <= lastVersion) {
      throw new Violation(self + ": view " + view.version() + " follows " + lastVersion);
    }
    unseenChanges += (int) (view.version() - lastVersion);
    lastVersion = view.version();
    if (hearsay != null) {
      Membership before = last;
      last = view;
      checkChanges(now, before == null ? List.of() : before.members(), view.members(), true);
      checkChanges(now, before == null ? List.of() : before.departed(), view.departed(), false);
    } else if (unseenChanges
        >= Math.max(LEAST_CHANGES_BETWEEN_LOOKS_AT_ALL, view.members().size() / 4)) {
      lookedAtAll(now, view);
    }
    checkSelf(view, phase);
    checkTold(now, view);
    checkNumber(view);
  }

  /** Every record of the view, one by one. */
  void lookedAtAll(long now, Membership view) {
    unseenChanges = 0;
    checkChanges(now, List.of(), view.members(), true);
    checkChanges(now, List.of(), view.departed(), false);
    checkNumber(view);
  }

  private void checkSelf(Membership view, Phase phase) {
    MemberStatus own = view.self().status();
    boolean ending = phase == Phase.LEAVING || phase == Phase.LEFT || phase == Phase.CONFLICT;
    if (!view.self().id().equals(self) || (own != MemberStatus.ALIVE && !ending)) {
      throw new Violation("S6: " + self + " takes itself for " + view.self() + " while " + phase);
    }
    if (own == MemberStatus.ALIVE && !view.self().equals(find(view.members(), self))) {
      throw new Violation("S6: " + self + " is not in its own view");
    }
    if (view.self().generation() != generation) {
      generation = view.self().generation();
      if (++renewals > MOST_RENEWALS) {
        throw new Violation("S9: " + self + " has renewed " + renewals + " times");
      }
    }
  }

  /** Walks both lists, which are ordered by id, side by side, and looks at what is new. */
  private void checkChanges(long now, List<Member> before, List<Member> after, boolean active) {
    Iterator<Member> olds = before.iterator();
    Member old = next(olds);
    Member previous = null;
    boolean changed = false;
    for (Member member : after) {
      boolean same = member == old;
      if (previous != null && (changed || !same)) {
        checkOrder(previous, member);
      }
      if (same) {
        old = next(olds);
      } else {
        checkChange(now, member, active);
        while (old != null && old.id().compareTo(member.id()) <= 0) {
          old = next(olds);
        }
      }
      changed = !same;
      previous = member;
    }
  }

  private static @Nullable Member next(Iterator<Member> members) {
    return members.hasNext() ? members.next() : null;
  }

  private void checkOrder(Member one, Member next) {
    if (one.id().compareTo(next.id()) >= 0) {
      throw new Violation(self + ": view is out of order at " + next);
    }
  }

  private void checkChange(long now, Member member, boolean active) {
    if (active != member.status().isActive()) {
      throw new Violation(self + ": " + member + " is in the wrong list of the view");
    }
    checkRecord(now, number(member), member);
  }

  /** What the events were about is there as they say, whether it has changed or not. */
  private void checkTold(long now, Membership view) {
    if (told.isEmpty()) {
      return;
    }
    for (Map.Entry<Integer, Member> news : List.copyOf(told.entrySet())) {
      Member told = news.getValue();
      Member member = find(view.members(), told.id());
      if (member == null) {
        member = find(view.departed(), told.id());
      }
      if (member == null) {
        throw new Violation("S8: " + self + " sees nothing of " + told + " from its events");
      }
      checkRecord(now, news.getKey(), member);
    }
    if (told.size() > MANY) {
      told = new LinkedHashMap<>(); // a table once large stays so
    } else {
      told.clear();
    }
  }

  private void checkNumber(Membership view) {
    int others = view.members().size() + view.departed().size();
    others -= find(view.members(), self) == null ? 0 : 1;
    others -= find(view.departed(), self) == null ? 0 : 1;
    if (others != there.cardinality()) {
      throw new Violation(
          "S8: " + self + " sees " + others + " others, its events give " + there.cardinality());
    }
  }

  private void checkRecord(long now, int number, Member member) {
    Member before = number < seen.length ? seen[number] : null;
    boolean isSelf = member.id().equals(self);
    Member replayed = replayed(number);
    if (!isSelf && replayed != member && (replayed == null || !EventRules.same(replayed, member))) {
      throw new Violation("S8: " + self + " sees " + member + ", its events say " + replayed);
    }
    if (before == member) {
      return;
    }
    if (before != null) {
      checkSuccession(now, number, before, member);
    }
    if (!isSelf) {
      lives.check(self, cluster, member);
    }
    keep(now, number, member);
  }

  private void keep(long now, int number, Member member) {
    if (number >= seen.length) {
      seen = Arrays.copyOf(seen, lives.count());
    }
    seen[number] = member;
    if (!member.status().isActive()) {
      if (number >= departedAt.length) {
        departedAt = Arrays.copyOf(departedAt, lives.count());
      }
      departedAt[number] = (int) (now / 1_000_000);
    }
  }

  private void checkSuccession(long now, int number, Member old, Member member) {
    boolean signOfLife =
        old.status() == MemberStatus.SUSPECT
            && member.status() == MemberStatus.ALIVE
            && old.generation() == member.generation()
            && old.incarnation() == member.incarnation();
    boolean tombstoneExpired =
        !old.status().isActive() && now - departedAt[number] * 1_000_000L >= tombstoneNanos;
    if (isBelow(member, old) && !signOfLife && !tombstoneExpired) {
      boolean calledDead =
          old.status() == MemberStatus.LEFT && member.status() == MemberStatus.DEAD;
      String rule = old.status().isActive() ? "S1: " : calledDead ? "S5: " : "S3: ";
      throw new Violation(rule + self + " takes " + member + " after " + old);
    }
    if (old.state() != member.state() && old.status().isActive() && member.status().isActive()) {
      lives.checkKept(self, old, member);
    }
  }

  /** Whether a record is to yield to the one it takes the place of; said here once more. */
  private static boolean isBelow(Member member, Member old) {
    if (member.generation() != old.generation()) {
      return member.generation() < old.generation();
    }
    if (member.stateVersion() < old.stateVersion() && old.status().isActive()) {
      return true; // of one that is gone, and perhaps forgotten, all is learned anew
    }
    boolean left = member.status() == MemberStatus.LEFT;
    if (left || old.status() == MemberStatus.LEFT) {
      return !left;
    }
    int byIncarnation = Integer.compareUnsigned(member.incarnation(), old.incarnation());
    return byIncarnation < 0 || (byIncarnation == 0 && member.status().compareTo(old.status()) < 0);
  }

  private static @Nullable Member find(List<Member> ordered, NodeId id) {
    int low = 0;
    int high = ordered.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Member member = ordered.get(middle);
      int order = member.id().compareTo(id);
      if (order == 0) {
        return member;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
