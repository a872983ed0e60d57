package io.gossip.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedMembersTest {

  @Test
  void viewsAreSortedAndStayAsTheyAreWhateverComesLater() {
    SplittableRandom random = new SplittableRandom(1);
    SortedMembers members = new SortedMembers();
    Map<NodeId, Member> expected = new TreeMap<>();
    List<List<Member>> views = new ArrayList<>();
    List<List<Member>> expectedViews = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      // grows at first, shrinks later
      Member member = member(random.nextInt(1_000), i);
      if (random.nextInt(20_000) > i) {
        members.put(member);
        expected.put(member.id(), member);
      } else {
        members.remove(member.id());
        expected.remove(member.id());
      }
      if (i % 100 == 0) {
        views.add(members.view());
        expectedViews.add(List.copyOf(expected.values()));
      }
    }

    assertEquals(expectedViews, views);
    List<Member> last = members.view();
    for (int i = 0; i < last.size(); i++) {
      assertSame(expected.get(last.get(i).id()), last.get(i));
    }
  }

  @Test
  void theViewIsTheSameObjectUntilSomethingChanges() {
    SortedMembers members = new SortedMembers();
    members.put(member(1, 0));
    List<Member> view = members.view();

    members.remove(member(2, 0).id());

    assertSame(view, members.view());
  }

  @Test
  void aViewCannotBeChangedAndEndsWhereItEnds() {
    SortedMembers members = new SortedMembers();
    members.put(member(1, 0));
    List<Member> view = members.view();

    assertThrows(UnsupportedOperationException.class, () -> view.add(member(2, 0)));
    assertThrows(UnsupportedOperationException.class, () -> view.iterator().remove());
    assertThrows(IndexOutOfBoundsException.class, () -> view.get(1));
  }

  private static Member member(int name, int incarnation) {
    return new Member(
        new NodeId("n" + name),
        1,
        incarnation,
        MemberStatus.ALIVE,
        Simulation.address(name),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }
}
