package io.gossip.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.RecordingOutput;
import io.gossip.sim.Simulation;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

@Tag("once") // on the first of two JDKs
class FootprintTest {
  private static final int MEMBERS = 10_000;
  private static final ProtocolRange PROTOCOL = new ProtocolRange(1, 1);

  static {
    System.setProperty("jol.magicFieldOffset", "true"); // the only way to look into records
  }

  @Test
  void tenThousandMembersAllOfThemMetTakeLessThanFourMebibytes() {
    Parts parts = parts();
    for (int i = 1; i < MEMBERS; i++) {
      Update.Alive news = alive(i);
      parts.reconciler.alive(0, news, false);
      Peer peer = parts.list.find(news.id());
      assertTrue(peer != null);
      peer.heard(0, 1, 0);
    }
    Membership view = parts.list.snapshot();
    assertEquals(MEMBERS, view.members().size());

    long bytes =
        GraphLayout.parseInstance(parts.list).totalSize()
            + GraphLayout.parseInstance(parts.order).totalSize();

    assertTrue(bytes < 4 << 20, () -> bytes + " bytes");
  }

  @Test
  void aViewAfterOneChangeSharesNearlyAllWithTheOneBefore() {
    Parts parts = parts();
    for (int i = 1; i < MEMBERS; i++) {
      parts.reconciler.alive(0, alive(i), false);
    }
    Membership before = parts.list.snapshot();
    parts.reconciler.alive(0, alive(MEMBERS), false);
    Membership after = parts.list.snapshot();

    long one = GraphLayout.parseInstance(before).totalSize();
    long both = GraphLayout.parseInstance(before, after).totalSize();

    assertTrue(both - one < 4_096, () -> both - one + " bytes");
  }

  @Test
  void fullTrailsOfAHundredMembersTakeLessThan48Kibibytes() {
    Parts parts = parts();
    List<Peer> accused = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      Peer peer = parts.reconciler.alive(0, alive(i), false);
      assertTrue(peer != null);
      accused.add(peer);
    }
    for (Peer peer : accused) {
      for (int clue = 0; clue < 20; clue++) {
        parts.trails.linkLost(clue, peer, clue);
      }
    }
    List<Object> trails = new ArrayList<>();
    accused.forEach(peer -> trails.add(peer.trail()));
    String shared = parts.list.self().member.id().value();

    long bytes =
        GraphLayout.parseInstance(trails.toArray())
            .subtract(GraphLayout.parseInstance(shared))
            .totalSize();

    assertTrue(bytes < 48 << 10, () -> bytes + " bytes");
  }

  private static Parts parts() {
    Update.Alive own = alive(0);
    Member self =
        new Member(
            own.id(),
            own.generation(),
            0,
            MemberStatus.ALIVE,
            own.address(),
            own.zone(),
            PROTOCOL,
            0,
            Map.of());
    Parts parts =
        new Parts(
            self,
            SwimConfig.lan(),
            List.of(),
            new SplittableRandom(1),
            new RecordingOutput("default"),
            Sharing.NONE,
            null,
            new SwimStats());
    parts.self.start(0);
    return parts;
  }

  /** As if read from a packet: nothing in it is an object that another has. */
  private static Update.Alive alive(int index) {
    Identity identity = new Identity(new NodeId("orders-" + (1_000_000 + index)), 1L << 40);
    return new Update.Alive(
        identity.id(),
        identity.generation(),
        0,
        Simulation.address(index),
        "eu-west-1" + (char) ('a' + index % 3),
        new ProtocolRange(1, 1),
        0);
  }
}
