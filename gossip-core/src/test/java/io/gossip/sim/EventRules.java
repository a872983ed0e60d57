package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import org.jspecify.annotations.Nullable;

/** Which event may follow which: those about one member form a word (S8). */
final class EventRules {

  private EventRules() {}

  /**
   * What is wrong with an event; {@code null} if nothing is.
   *
   * @param before the member as the events before it left it; {@code null} if it was not there
   */
  static @Nullable String fault(MembershipEvent event, @Nullable Member before) {
    MemberStatus status = event.member().status();
    boolean active = before != null && before.status().isActive();
    if (event instanceof MembershipEvent.Joined joined) {
      Member previous = joined.previous();
      boolean known = before != null && previous != null && same(previous, before);
      return active || (before == null ? previous != null : !known)
          ? "it was " + before
          : expect(status.isActive(), status);
    }
    if (event instanceof MembershipEvent.Forgotten) {
      return before == null || active ? "it is not departed: " + before : null;
    }
    if (event instanceof MembershipEvent.Left) {
      return before == null || before.status() == MemberStatus.LEFT
          ? "it is not there: " + before
          : expect(status == MemberStatus.LEFT, status);
    }
    if (before == null || !active) {
      return "it is not there: " + before;
    }
    return faultOfActive(event, before);
  }

  /** What is wrong with an event about a zone as far as this member of it goes. */
  static @Nullable String faultOfZone(
      MembershipEvent event, Member member, @Nullable Member before) {
    if (before == null || !before.status().isActive()) {
      return member.id() + " is not there: " + before;
    }
    boolean cut = event instanceof MembershipEvent.ZoneUnreachable;
    MemberStatus expected = cut ? MemberStatus.SUSPECT : MemberStatus.ALIVE;
    return cut || before.status() == MemberStatus.SUSPECT
        ? expect(member.status() == expected && same(member.with(before.status()), before), member)
        : was(before);
  }

  private static @Nullable String faultOfActive(MembershipEvent event, Member before) {
    MemberStatus status = event.member().status();
    if (event instanceof MembershipEvent.Updated updated) {
      return same(updated.previous(), before) ? expect(status.isActive(), status) : was(before);
    }
    if (event instanceof MembershipEvent.Restarted restarted) {
      return same(restarted.previous(), before)
          ? expect(event.member().generation() > before.generation(), event.member())
          : was(before);
    }
    if (event instanceof MembershipEvent.Suspected suspected) {
      return before.status() == MemberStatus.ALIVE && !suspected.accusations().isEmpty()
          ? expect(status == MemberStatus.SUSPECT, status)
          : was(before);
    }
    if (event instanceof MembershipEvent.Recovered) {
      return before.status() == MemberStatus.SUSPECT
          ? expect(status == MemberStatus.ALIVE, status)
          : was(before);
    }
    if (event instanceof MembershipEvent.Failed) {
      return expect(status == MemberStatus.DEAD, status);
    }
    return "this is about the process itself";
  }

  private static @Nullable String expect(boolean holds, Object found) {
    return holds ? null : "it is " + found;
  }

  private static String was(Member before) {
    return "it was " + before + " " + before.state();
  }

  /** Whether two records say the same to an application; gone is gone, failed or left. */
  static boolean same(Member a, Member b) {
    return a.equals(b)
        || (a.id().equals(b.id())
            && a.generation() == b.generation()
            && (a.status() == b.status() || !(a.status().isActive() || b.status().isActive()))
            && a.address().equals(b.address())
            && a.zone().equals(b.zone())
            && a.state().equals(b.state()));
  }
}
