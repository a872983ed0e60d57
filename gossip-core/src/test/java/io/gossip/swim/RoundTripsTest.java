package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTripsTest {

  private static final long MILLI = 1_000_000;

  private final RoundTrips roundTrips =
      new RoundTrips(
          SwimConfig.lan().toBuilder()
              .probeTimeoutFloor(Duration.ofMillis(10))
              .probeTimeout(Duration.ofMillis(500))
              .build());

  private static Peer peer(String id, String zone) {
    Member member =
        new Member(
            new NodeId(id),
            1,
            0,
            MemberStatus.ALIVE,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946),
            zone,
            new ProtocolRange(1, 1),
            0,
            Map.of());
    return new Peer(member, 1, 0);
  }

  @Test
  void memberThatWasNeverMeasuredIsWaitedForLikeItsZone() {
    roundTrips.sample(peer("a", "near"), 20 * MILLI);
    roundTrips.sample(peer("b", "far"), 80 * MILLI);
    assertThat(roundTrips.timeout(peer("c", "near"))).isEqualTo(60 * MILLI);
    assertThat(roundTrips.timeout(peer("d", "far"))).isEqualTo(240 * MILLI);
  }

  @Test
  void ownRoundTripsCountBeforeThoseOfTheZone() {
    Peer slow = peer("slow", "near");
    roundTrips.sample(slow, 100 * MILLI);
    for (int i = 0; i < 50; i++) {
      roundTrips.sample(peer("a", "near"), 20 * MILLI);
    }
    assertThat(roundTrips.timeout(slow)).isEqualTo(300 * MILLI);
  }

  @Test
  void unknownZoneGetsTheLongestTime() {
    roundTrips.sample(peer("a", "near"), 20 * MILLI);
    assertThat(roundTrips.timeout(peer("b", "elsewhere"))).isEqualTo(500 * MILLI);
  }

  @Test
  void zonesBeyondTheBoundAreWaitedForTheLongest() {
    for (int i = 0; i < 1_001; i++) {
      roundTrips.sample(peer("m" + i, "zone" + i), 20 * MILLI);
    }
    assertThat(roundTrips.timeout(peer("a", "zone999"))).isEqualTo(60 * MILLI);
    assertThat(roundTrips.timeout(peer("b", "zone1000"))).isEqualTo(500 * MILLI);
  }
}
