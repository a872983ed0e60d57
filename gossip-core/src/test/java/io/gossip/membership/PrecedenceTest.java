package io.gossip.membership;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.membership.MemberStatus.DEAD;
import static io.gossip.membership.MemberStatus.LEFT;
import static io.gossip.membership.MemberStatus.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looks at every pair and triple of records of a small universe. */
class PrecedenceTest {
  private static final int[] INCARNATIONS = {0, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
  private static final List<Member> UNIVERSE = universe();

  private static List<Member> universe() {
    List<Member> records = new ArrayList<>();
    for (long generation = 1; generation <= 2; generation++) {
      for (int incarnation : INCARNATIONS) {
        for (MemberStatus status : MemberStatus.values()) {
          records.add(member("m", generation, incarnation, status));
        }
      }
    }
    return records;
  }

  private static Member member(String id, long generation, int incarnation, MemberStatus status) {
    return new Member(
        new NodeId(id),
        generation,
        incarnation,
        status,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }

  @Test
  void orderIsTotal() {
    for (Member a : UNIVERSE) {
      for (Member b : UNIVERSE) {
        int order = Integer.signum(Precedence.compare(a, b));
        assertThat(order).as("%s and %s", a, b).isEqualTo(-Precedence.compare(b, a));
        boolean sameWord =
            a.generation() == b.generation()
                && a.incarnation() == b.incarnation()
                && a.status() == b.status();
        assertThat(order == 0).as("%s and %s", a, b).isEqualTo(sameWord);
        for (Member c : UNIVERSE) {
          if (order >= 0 && Precedence.compare(b, c) >= 0) {
            assertThat(Precedence.compare(a, c)).as("%s, %s, %s", a, b, c).isNotNegative();
          }
        }
      }
    }
  }

  @Test
  @DisplayName("T-E 58: a newer generation is believed whatever else the records say")
  void generationDecidesFirst() {
    for (Member a : UNIVERSE) {
      for (Member b : UNIVERSE) {
        if (a.generation() > b.generation()) {
          assertThat(a.supersedes(b)).as("%s over %s", a, b).isTrue();
        }
      }
    }
  }

  @Test
  @DisplayName("T-D 50: LEFT is final for its generation")
  void leftIsFinalForItsGeneration() {
    for (Member left : UNIVERSE) {
      for (Member other : UNIVERSE) {
        if (left.status() == LEFT
            && other.status() != LEFT
            && left.generation() == other.generation()) {
          assertThat(left.supersedes(other)).as("%s over %s", left, other).isTrue();
        }
      }
    }
  }

  @Test
  @DisplayName("T-D 50: DEAD yields to a higher incarnation only")
  void deadYieldsToAHigherIncarnationOnly() {
    for (Member dead : UNIVERSE) {
      for (Member other : UNIVERSE) {
        if (dead.status() == DEAD
            && other.status().isActive()
            && dead.generation() == other.generation()) {
          boolean higher = Integer.compareUnsigned(other.incarnation(), dead.incarnation()) > 0;
          assertThat(other.supersedes(dead)).as("%s over %s", other, dead).isEqualTo(higher);
        }
      }
    }
  }

  @Test
  @DisplayName("T-D 40, 45: at one incarnation DEAD precedes SUSPECT precedes ALIVE")
  void graverWordIsBelievedAtOneIncarnation() {
    for (int incarnation : INCARNATIONS) {
      Member alive = member("m", 1, incarnation, ALIVE);
      assertThat(alive.with(SUSPECT).supersedes(alive)).isTrue();
      assertThat(alive.with(DEAD).supersedes(alive.with(SUSPECT))).isTrue();
      assertThat(alive.supersedes(alive.with(SUSPECT))).isFalse();
    }
  }

  @Test
  void incarnationsAreUnsigned() {
    Member halfWay = member("m", 1, Integer.MAX_VALUE, DEAD);
    assertThat(halfWay.with(ALIVE, Integer.MIN_VALUE).supersedes(halfWay)).isTrue();
    assertThat(halfWay.with(ALIVE, -1).supersedes(halfWay.with(DEAD, Integer.MIN_VALUE))).isTrue();
  }

  @Test
  @DisplayName("T-D 55: records of two members have no order")
  void recordsOfTwoMembersHaveNoOrder() {
    Member one = member("one", 1, 0, ALIVE);
    assertThatThrownBy(() -> Precedence.compare(one, member("two", 1, 0, ALIVE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one and two");
  }
}
