package io.gossip.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HandleIndexTest {

  @Test
  void findsWhatASortedMapFindsWhetherHandlesAreEvenOrCrowded() {
    for (int bits : new int[] {64, 24, 8}) {
      check(new SplittableRandom(bits), bits);
    }
  }

  private static void check(RandomGenerator random, int bits) {
    HandleIndex index = new HandleIndex();
    NavigableMap<Long, Peer> expected = new TreeMap<>(Long::compareUnsigned);
    for (int i = 0; i < 3_000; i++) {
      long handle = random.nextLong() >>> (64 - bits);
      Peer known = expected.get(handle);
      if (known != null) {
        assertSame(known, index.find(handle));
        index.remove(known);
        expected.remove(handle);
      } else {
        assertNull(index.find(handle));
        Peer peer = peer(handle);
        index.add(peer);
        expected.put(handle, peer);
      }
    }
    assertEquals(expected.size(), index.size());
    for (int i = 0; i < 100; i++) {
      long a = random.nextLong() >>> (64 - bits);
      long b = random.nextLong() >>> (64 - bits);
      long from = Long.compareUnsigned(a, b) < 0 ? a : b;
      long to = from == a ? b : a;
      List<Peer> range = new ArrayList<>();
      index.range(from, to).forEach(range::add);
      assertEquals(List.copyOf(expected.subMap(from, true, to, true).values()), range);
    }
  }

  private static Peer peer(long handle) {
    Member member =
        new Member(
            new NodeId("n"),
            1,
            0,
            MemberStatus.ALIVE,
            Simulation.address(1),
            "",
            new ProtocolRange(1, 1),
            0,
            Map.of());
    return new Peer(member, handle, 0);
  }
}
