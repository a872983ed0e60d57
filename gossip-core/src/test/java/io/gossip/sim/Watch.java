package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.Precedence;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.PacketReader;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one process's view at every moment, whatever the world does to it.
 *
 * <p>S1: no record ever yields to one of lower precedence, except that a member's own sign of life
 * ends a suspicion. S2: nobody knows of a member what it never said ({@link Lives}). S3: who was
 * dead or had left is only alive again with a higher incarnation or generation, also after it was
 * forgotten. S6: a running process is alive in its own eyes, and answers an accusation in the turn
 * in which it hears of it. S8: the events, replayed, give the view.
 */
@SuppressWarnings("ReferenceEquality") // the same object needs no second look
final class Watch {
  private final NodeId self;
  private final Lives lives;
  private final long tombstoneNanos;
  private final PacketReader reader;
  private final Map<NodeId, Member> replayed = new HashMap<>();
  private final Map<NodeId, Kept> highest = new HashMap<>();
  private @Nullable Membership last;
  private long handle;
  private long handleGeneration;

  private record Kept(Member member, long since) {}

  Watch(NodeId self, SwimConfig config, Lives lives) {
    this.self = self;
    this.lives = lives;
    tombstoneNanos = config.tombstoneRetention().toNanos();
    reader = new PacketReader(Header.clusterHash(config.cluster()), new ProtocolRange(1, 255));
  }

  // S8, first half: the events of a member form a word

  void published(MembershipEvent event) {
    NodeId id = event.member().id();
    if (id.equals(self)) {
      return;
    }
    Member before = replayed.get(id);
    String fault = fault(event, before);
    if (fault != null) {
      throw new Violation("S8: " + self + " published " + event + ", but " + fault);
    }
    if (event instanceof MembershipEvent.Forgotten) {
      replayed.remove(id);
    } else {
      replayed.put(id, event.member());
    }
  }

  private static @Nullable String fault(MembershipEvent event, @Nullable Member before) {
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

  // S6: who is accused answers in the same turn

  /**
   * A datagram has been dealt with: if it accused this process, its record must be above that now.
   *
   * @param before its record when the datagram came
   */
  void heard(ByteBuffer datagram, Member before, Member after, Phase phase) {
    if (phase == Phase.LEAVING || phase == Phase.LEFT || phase == Phase.CONFLICT) {
      return;
    }
    for (Message message : messages(datagram)) {
      if (message instanceof Update update
          && isAccusation(update)
          && update.handle() == handleOf(before)
          && Integer.compareUnsigned(incarnationOf(update), before.incarnation()) >= 0
          && !answers(after, before, incarnationOf(update))) {
        throw new Violation("S6: " + before + " was told " + update + " and is " + after);
      }
    }
  }

  private List<Message> messages(ByteBuffer datagram) {
    try {
      return reader.read(datagram).messages();
    } catch (MalformedPacketException e) {
      return List.of(); // damaged on its way, or of another cluster: it says nothing
    }
  }

  private static boolean answers(Member after, Member before, int accused) {
    return after.generation() > before.generation()
        || Integer.compareUnsigned(after.incarnation(), accused) > 0;
  }

  private static boolean isAccusation(Update update) {
    return update instanceof Update.Suspect
        || update instanceof Update.Dead
        || update instanceof Update.Left;
  }

  private static int incarnationOf(Update update) {
    if (update instanceof Update.Suspect suspect) {
      return suspect.incarnation();
    }
    if (update instanceof Update.Dead dead) {
      return dead.incarnation();
    }
    return update instanceof Update.Left left ? left.incarnation() : 0;
  }

  private long handleOf(Member member) {
    if (handle == 0 || member.generation() != handleGeneration) {
      handle = member.identity().handle();
      handleGeneration = member.generation();
    }
    return handle;
  }

  // The view, after each turn

  void looked(long now, Membership view, Phase phase) {
    if (view == last) {
      return;
    }
    if (last != null && view.version() <= last.version()) {
      throw new Violation(self + ": view " + view.version() + " follows " + last.version());
    }
    last = view;
    checkOrder(view.members());
    checkOrder(view.departed());
    checkSelf(view, phase);
    int others = 0;
    for (Member member : view.members()) {
      checkPlace(member, member.status().isActive());
      checkRecord(now, member);
      others += member.id().equals(self) ? 0 : 1;
    }
    for (Member member : view.departed()) {
      checkPlace(member, !member.status().isActive());
      checkRecord(now, member);
      others += member.id().equals(self) ? 0 : 1;
    }
    if (others != replayed.size()) {
      throw new Violation(
          "S8: " + self + " sees " + others + " others, its events give " + replayed);
    }
  }

  private void checkSelf(Membership view, Phase phase) {
    MemberStatus own = view.self().status();
    boolean ending = phase == Phase.LEAVING || phase == Phase.LEFT || phase == Phase.CONFLICT;
    if (!view.self().id().equals(self) || (own != MemberStatus.ALIVE && !ending)) {
      throw new Violation("S6: " + self + " takes itself for " + view.self() + " while " + phase);
    }
    if (own == MemberStatus.ALIVE && !view.find(self).filter(view.self()::equals).isPresent()) {
      throw new Violation("S6: " + self + " is not in its own view");
    }
  }

  private void checkOrder(List<Member> members) {
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i - 1).id().compareTo(members.get(i).id()) >= 0) {
        throw new Violation(self + ": view is out of order at " + members.get(i));
      }
    }
  }

  private void checkPlace(Member member, boolean right) {
    if (!right) {
      throw new Violation(self + ": " + member + " is in the wrong list of the view");
    }
  }

  private void checkRecord(long now, Member member) {
    Kept before = highest.get(member.id());
    if (before == null || before.member() != member) {
      highest.put(member.id(), new Kept(member, now));
      if (before != null) {
        checkSuccession(now, before, member);
      }
      if (!member.id().equals(self)) {
        String fault = lives.fault(member);
        if (fault != null) {
          throw new Violation("S2: " + self + " sees " + member + ", but " + fault);
        }
      }
    }
    Member told = replayed.get(member.id());
    if (!member.id().equals(self) && (told == null || !same(told, member))) {
      throw new Violation("S8: " + self + " sees " + member + ", its events say " + told);
    }
  }

  private void checkSuccession(long now, Kept before, Member member) {
    Member old = before.member();
    boolean signOfLife =
        old.status() == MemberStatus.SUSPECT
            && member.status() == MemberStatus.ALIVE
            && old.generation() == member.generation()
            && old.incarnation() == member.incarnation();
    boolean tombstoneExpired = !old.status().isActive() && now - before.since() >= tombstoneNanos;
    if (Precedence.compare(member, old) < 0 && !signOfLife && !tombstoneExpired) {
      String rule = old.status().isActive() ? "S1: " : "S3: ";
      throw new Violation(rule + self + " takes " + member + " after " + old);
    }
  }

  /** Whether two records say the same to an application; gone is gone, failed or left. */
  private static boolean same(Member a, Member b) {
    return a == b
        || (a.id().equals(b.id())
            && a.generation() == b.generation()
            && (a.status() == b.status() || !(a.status().isActive() || b.status().isActive()))
            && a.address().equals(b.address())
            && a.zone().equals(b.zone())
            && a.state().equals(b.state()));
  }
}
