package io.gossip.spring.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.batch.MemberChange.Kind;
import io.gossip.spring.service.Members;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeCountsTest {

  private final ChangeCounts counts = new ChangeCounts();

  @Test
  void aMassDeathInOneZoneReadsAsSuch() {
    add(Kind.FAILED, "b", 12);
    assertThat(counts).hasToString("12 members of zone b failed");
    assertThat(counts.of(Kind.FAILED)).isEqualTo(12);
    assertThat(counts.byZone(Kind.FAILED)).isEqualTo(Map.of("b", 12));
    assertThat(counts.of(Kind.JOINED)).isZero();
  }

  @Test
  void theGravestIsSaidFirst() {
    add(Kind.JOINED, "", 3);
    add(Kind.LEFT, "", 1);
    add(Kind.FAILED, "a", 1);
    assertThat(counts).hasToString("1 member of zone a failed, 1 member left, 3 members joined");
  }

  @Test
  void severalZonesAreListedTheLargestFirstAndNotAll() {
    add(Kind.FAILED, "a", 1);
    add(Kind.FAILED, "b", 9);
    add(Kind.FAILED, "", 4);
    assertThat(counts).hasToString("14 members failed (zone b 9, no zone 4, zone a 1)");
    add(Kind.FAILED, "c", 2);
    add(Kind.FAILED, "d", 3);
    assertThat(counts).hasToString("19 members failed (zone b 9, no zone 4, zone d 3, 2 more)");
  }

  @Test
  void everyEventAboutOneMemberIsAChangeAndThoseAboutThisNodeAreNot() {
    Member member = Members.member("a", Map.of());
    assertThat(MemberChange.of(new MembershipEvent.Recovered(member)))
        .isEqualTo(new MemberChange(Kind.RECOVERED, member));
    assertThat(MemberChange.of(new MembershipEvent.Forgotten(member)))
        .isEqualTo(new MemberChange(Kind.EVICTED, member));
    assertThat(MemberChange.of(new MembershipEvent.Isolated(member))).isNull();
    assertThat(MemberChange.of(new MembershipEvent.Connected(member))).isNull();
  }

  private void add(Kind kind, String zone, int times) {
    Member member = Members.inZone(Members.member("m", Map.of()), zone);
    for (int i = 0; i < times; i++) {
      counts.add(new MemberChange(kind, member));
    }
  }
}
