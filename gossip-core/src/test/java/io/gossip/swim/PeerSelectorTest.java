package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.RecordingOutput;
import io.gossip.sim.Simulation;
import io.gossip.wire.Update;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whom gossip goes to, and who is asked to probe for others. */
class PeerSelectorTest {
  private static final ProtocolRange PROTOCOL = new ProtocolRange(1, 1);
  private static final int PICKS = 4_000;

  private final Parts parts = parts("a");

  static Parts parts(String zone) {
    Member self =
        new Member(
            new NodeId("self"),
            1,
            0,
            MemberStatus.ALIVE,
            Simulation.address(0),
            zone,
            PROTOCOL,
            0,
            Map.of());
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

  static Peer member(Parts parts) {
    members(parts, 1, "");
    return parts.list.active(1);
  }

  private static void members(Parts parts, int count, String zone) {
    for (int i = 0; i < count; i++) {
      int number = parts.list.size();
      parts.reconciler.alive(
          0,
          new Update.Alive(
              new NodeId("n" + number), 1, 0, Simulation.address(number), zone, PROTOCOL, 0),
          false);
    }
  }

  /** The share of those picked for gossip, three at a time, that are of this zone. */
  private static double shareOf(Parts parts, String zone) {
    int picked = 0;
    int found = 0;
    for (int i = 0; i < PICKS; i++) {
      List<Peer> peers = parts.selector.pickForGossip(3, peer -> true);
      assertThat(peers).doesNotHaveDuplicates().doesNotContain(parts.list.self());
      picked += peers.size();
      found += (int) peers.stream().filter(p -> p.member.zone().equals(zone)).count();
    }
    assertThat(picked).isEqualTo(3 * PICKS);
    return (double) found / picked;
  }

  @Test
  void threeInFourAreOfTheOwnZoneHoweverLargeTheOthersAre() {
    members(parts, 50, "a");
    members(parts, 50, "b");
    members(parts, 400, "c");
    assertThat(shareOf(parts, "a")).isBetween(0.74, 0.76);
    assertThat(shareOf(parts, "b")).isBetween(0.02, 0.035);
  }

  @Test
  void whereTheOwnZoneHasTooFewOthersMakeUpForThem() {
    members(parts, 1, "a");
    members(parts, 100, "b");
    assertThat(shareOf(parts, "a")).isBetween(0.3, 0.34);
  }

  @Test
  void whoIsAloneInItsZoneOrHasNonePicksEvenly() {
    members(parts, 30, "b");
    members(parts, 90, "c");
    assertThat(shareOf(parts, "c")).isBetween(0.73, 0.77);
    Parts nowhere = parts("");
    members(nowhere, 30, "");
    members(nowhere, 90, "c");
    assertThat(shareOf(nowhere, "c")).isBetween(0.73, 0.77);
  }

  @Test
  void whoChangesItsZoneOrGoesIsCountedWhereItIs() {
    members(parts, 40, "a");
    members(parts, 40, "b");
    for (int i = 1; i <= 20; i++) {
      Peer peer = parts.list.find(new NodeId("n" + i));
      assertThat(peer).isNotNull();
      if (i % 2 == 0) {
        parts.verdicts.dead(1, peer, 0, List.of());
      } else {
        parts.reconciler.alive(
            1, new Update.Alive(peer.member.id(), 1, 1, peer.address(), "b", PROTOCOL, 0), false);
      }
    }
    assertThat(parts.list.nearCount()).isEqualTo(21);
    for (int i = 0; i < parts.list.activeCount(); i++) {
      assertThat(parts.list.active(i).slot).isEqualTo(i);
      assertThat(parts.list.active(i).member.zone()).isEqualTo(i < 21 ? "a" : "b");
    }
  }

  @Test
  void ofFewAmongManyEachIsAsLikelyWhereverTheyStand() {
    members(parts, 400, "b");
    members(parts, 4, "c"); // side by side, behind all others
    members(parts, 100, "b");
    Map<Peer, Integer> picked = new LinkedHashMap<>();
    for (int i = 0; i < PICKS; i++) {
      List<Peer> one = parts.selector.pickRare(1, peer -> peer.member.zone().equals("c"));
      assertThat(one).hasSize(1);
      picked.merge(one.get(0), 1, Integer::sum);
    }
    assertThat(picked).hasSize(4);
    assertThat(picked.values()).allMatch(times -> times > PICKS / 5);
    assertThat(parts.selector.pickRare(9, peer -> peer.member.zone().equals("c"))).hasSize(4);
  }

  @Test
  void amongTenThousandFewAreLookedAt() {
    members(parts, 100, "a");
    members(parts, 9_900, "b");
    int[] looked = new int[1];
    for (int i = 0; i < PICKS; i++) {
      parts.selector.pickForGossip(
          3,
          peer -> {
            looked[0]++;
            return true;
          });
    }
    assertThat(looked[0]).isLessThan(4 * PICKS);
  }

  @Test
  void relaysAreOfAsManyZonesAsThereAreAndUnsuspected() {
    members(parts, 5, "a");
    members(parts, 5, "b");
    members(parts, 5, "c");
    Peer target = parts.list.find(new NodeId("n7"));
    Peer suspect = parts.list.find(new NodeId("n12"));
    assertThat(target).isNotNull();
    assertThat(suspect).isNotNull();
    parts.list.replace(1, suspect, suspect.member.with(MemberStatus.SUSPECT));
    int three = 0;
    for (int i = 0; i < 200; i++) {
      List<Peer> relays = parts.selector.relays(3, target);
      assertThat(relays).hasSize(3).doesNotContain(target, suspect, parts.list.self());
      Set<String> zones = new LinkedHashSet<>();
      relays.forEach(relay -> zones.add(relay.member.zone()));
      three += zones.size() == 3 ? 1 : 0;
    }
    assertThat(three).isGreaterThan(120);
  }
}
