package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashTreeTest {

  private static Peer peer(int number) {
    Member member =
        new Member(
            new NodeId("m" + number),
            1,
            0,
            MemberStatus.ALIVE,
            Simulation.address(number),
            "",
            new ProtocolRange(1, 1),
            0,
            Map.of());
    return new Peer(member, member.identity().handle(), 0);
  }

  @Test
  void sumsKeptUpAreTheSumsCountedAnew() {
    SplittableRandom random = new SplittableRandom(5);
    MembershipList list = new MembershipList(peer(0), Sharing.NONE, 0);
    List<Peer> others = new ArrayList<>();
    list.sums(1); // from now on they are kept
    for (int step = 0; step < 3_000; step++) {
      int choice = random.nextInt(4);
      if (choice == 0 || others.isEmpty()) {
        Peer added = peer(step + 1);
        list.add(step, added);
        others.add(added);
      } else {
        Peer known = others.get(random.nextInt(others.size()));
        if (choice == 1 && random.nextBoolean()) {
          list.remove(step, known);
          others.remove(known);
        } else {
          MemberStatus[] statuses = MemberStatus.values();
          MemberStatus status = statuses[random.nextInt(statuses.length)];
          list.replace(step, known, known.member.with(status, known.incarnation() + choice - 1));
        }
      }
      if (step % 100 == 0) {
        allLevelsAreRight(list);
      }
    }
  }

  private static void allLevelsAreRight(MembershipList list) {
    for (int bits = 1; bits <= HashTree.LEAF_BITS; bits++) {
      long[] counted = new long[1 << bits];
      for (int i = 0; i < list.activeCount(); i++) {
        Peer peer = list.active(i);
        counted[HashTree.bucket(peer.handle, bits)] += peer.term();
      }
      assertThat(list.sums(bits)).as("at %s bits", bits).isEqualTo(counted);
      assertThat(Arrays.stream(counted).sum()).isEqualTo(list.viewHash());
    }
  }

  @Test
  void bucketsFollowEachOtherWithoutGapOrOverlap() {
    for (int bits = 1; bits <= HashTree.LEAF_BITS; bits++) {
      assertThat(HashTree.firstHandle(0, bits)).isZero();
      assertThat(HashTree.lastHandle((1 << bits) - 1, bits)).isEqualTo(-1);
      for (int bucket = 1; bucket < 1 << bits; bucket++) {
        long first = HashTree.firstHandle(bucket, bits);
        assertThat(HashTree.lastHandle(bucket - 1, bits)).isEqualTo(first - 1);
        assertThat(HashTree.bucket(first, bits)).isEqualTo(bucket);
        assertThat(HashTree.bucket(first - 1, bits)).isEqualTo(bucket - 1);
      }
    }
  }

  @Test
  void moreMembersAreComparedInMoreBucketsAndFewInNone() {
    assertThat(HashTree.bits(1)).isZero();
    assertThat(HashTree.bits(96)).isZero();
    assertThat(HashTree.bits(97)).isEqualTo(4);
    assertThat(HashTree.bits(256)).isEqualTo(4);
    assertThat(HashTree.bits(257)).isEqualTo(5);
    assertThat(HashTree.bits(6_000)).isEqualTo(7);
    assertThat(HashTree.bits(1_000_000)).isEqualTo(7);
  }
}
