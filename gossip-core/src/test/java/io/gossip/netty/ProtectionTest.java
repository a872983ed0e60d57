package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a node has for a member. */
class ProtectionTest {

  private static Member at(int... address) throws UnknownHostException {
    byte[] bytes = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      bytes[i] = (byte) address[i];
    }
    return new Member(
        new NodeId("b"),
        1,
        0,
        MemberStatus.ALIVE,
        new InetSocketAddress(InetAddress.getByAddress(bytes), 7946),
        "",
        new ProtocolRange(1, 1),
        0,
        Map.of());
  }

  @Test
  void nobodyIsAMemberWhereNothingMayComeFrom() throws UnknownHostException {
    Protection protection = new Protection(List.of("10.0.0.0/8"), null, null, null, null);
    assertThat(protection.accepts(at(10, 0, 0, 7))).isTrue();
    assertThat(protection.accepts(at(192, 0, 2, 7))).isFalse();
  }
}
