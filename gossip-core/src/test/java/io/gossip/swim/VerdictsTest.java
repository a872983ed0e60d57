package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.RecordingOutput;
import io.gossip.wire.Update;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final ProtocolRange PROTOCOL = new ProtocolRange(1, 1);

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Parts parts() {
    Member self =
        new Member(
            new NodeId("self"), 1, 0, MemberStatus.ALIVE, address(1), "", PROTOCOL, 0, Map.of());
    return new Parts(
        self,
        SwimConfig.lan(),
        List.of(),
        new SplittableRandom(1),
        new RecordingOutput("default"),
        Sharing.NONE,
        null,
        new SwimStats());
  }

  private static long deadline(Peer member) {
    Suspicion running = member.suspicion();
    assertThat(running).isNotNull();
    return running.deadline();
  }

  @Test
  void suspicionThatADeafSpellCutsShortIsLookedAtEarlier() {
    Parts parts = parts();
    List<Peer> members = new ArrayList<>();
    for (String name : List.of("b", "c", "d", "e", "f")) {
      Update.Alive record =
          new Update.Alive(new NodeId(name), 1, 0, address(2 + members.size()), "", PROTOCOL, 0);
      Peer member = parts.reconciler.alive(0, record, true);
      assertThat(member).isNotNull();
      members.add(member);
    }
    Peer subject = members.get(0);
    parts.verdicts.accused(SECOND, subject, Evidence.UNANSWERED);
    assertThat(deadline(subject)).isEqualTo(13 * SECOND);
    parts.verdicts.endOfDeafness(4 * SECOND);
    assertThat(deadline(subject)).isEqualTo(6 * SECOND);
    assertThat(subject.verdictDue()).isEqualTo(6 * SECOND);
  }

  @Test
  void lookForOneSuspicionIsNoVerdictOnTheNext() {
    Parts parts = parts();
    Update.Alive record = new Update.Alive(new NodeId("b"), 1, 0, address(2), "", PROTOCOL, 0);
    Peer member = parts.reconciler.alive(0, record, true);
    assertThat(member).isNotNull();
    parts.verdicts.accused(SECOND, member, Evidence.SILENT);
    long due = deadline(member);
    Member refuted = member.member.with(MemberStatus.ALIVE, 1);
    parts.verdicts.alive(due, member, refuted);
    parts.verdicts.accused(due + 1, member, Evidence.SILENT);
    parts.verdicts.lastLookFailed(due + 2, member);
    assertThat(member.status()).isEqualTo(MemberStatus.SUSPECT);
    parts.verdicts.lastLookFailed(deadline(member), member);
    assertThat(member.status()).isEqualTo(MemberStatus.DEAD);
  }
}
