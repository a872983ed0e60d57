package io.gossip.swim;

import static io.gossip.swim.SwimStats.Counter.DATAGRAMS_RECEIVED;
import static io.gossip.swim.SwimStats.Counter.DATAGRAM_BYTES_SENT;
import static io.gossip.swim.SwimStats.Counter.PACKETS_HANDLED;
import static io.gossip.swim.SwimStats.Counter.SUSPICIONS;
import static io.gossip.swim.SwimStats.Counter.SYNCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.sim.Link;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.Message.Ack;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GossipTest {

  private static Simulation grown(Simulation sim, int nodes) {
    sim.nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(15));
    return sim.run(Duration.ofSeconds(10));
  }

  @Test
  void changeIsKnownToAllLongBeforeATick() {
    Seeds.each(
        2,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 64);
          List<Duration> times = new ArrayList<>();
          for (int i = 0; i < 9; i++) {
            sim.node(7 * i).put("colour", "v" + i);
            times.add(sim.runUntilConverged(Duration.ofSeconds(2)));
            sim.run(Duration.ofSeconds(10));
          }
          Collections.sort(times);
          assertThat(times.get(4)).as("median of %s", times).isLessThan(Duration.ofMillis(100));
        });
  }

  @Test
  void changeSpreadsInOrdinaryRoundsWhereNoneAreEager() {
    Simulation sim =
        grown(
            new Simulation(1)
                .config(
                    config ->
                        config
                            .eagerRounds(0)
                            .probeInterval(Duration.ofMinutes(10))
                            .joinTimeout(Duration.ofMinutes(10))
                            .syncInterval(Duration.ofHours(1))),
            16);
    sim.node(5).put("colour", "blue");
    assertThat(sim.runUntilConverged(Duration.ofSeconds(5)))
        .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource(GossipMode.class)
  void changeReachesAllInEveryMode(GossipMode mode) {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(new Simulation(seed).config(config -> config.mode(mode)), 16);
          sim.node(5).put("colour", "blue");
          sim.runUntilConverged(Duration.ofSeconds(5));
        });
  }

  @Test
  void whatGossipMissesIsRepaired() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 12);
          sim.paths().deafen(sim.node(7).address());
          for (int i = 0; i < 20; i++) {
            sim.node(i % 7).put("k" + i / 7, "v" + i);
          }
          sim.run(Duration.ofMillis(1_200)); // the news has been told, and not to that one
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(5));
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void atRestThereIsLittleToSayAndNothingToRepair() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(new Simulation(seed), 32).run(Duration.ofSeconds(20));
          long bytes = total(sim, DATAGRAM_BYTES_SENT);
          long syncs = total(sim, SYNCS);
          sim.run(Duration.ofSeconds(60));
          assertThat((total(sim, DATAGRAM_BYTES_SENT) - bytes) / 60 / 32).isLessThan(150);
          assertThat(total(sim, SYNCS)).isEqualTo(syncs);
          assertThat(total(sim, SUSPICIONS)).isZero();
          for (SimNode node : sim.nodes()) {
            assertThat(node.load().streams()).isZero();
            assertThat(node.streams()).isEqualTo(node.load().links());
            assertThat(node.report().rumors()).isZero();
            assertThat(node.report().agreeing()).isEqualTo(1);
          }
        });
  }

  private static long total(Simulation sim, SwimStats.Counter counter) {
    long total = 0;
    for (SimNode node : sim.nodes()) {
      total += node.stats().count(counter);
    }
    return total;
  }

  @Test
  void overtakingAndRepeatedPacketsChangeNothing() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim =
              new Simulation(seed)
                  .links(Link.lan().withJitter(Duration.ofMillis(60)).withDuplication(0.3));
          grown(sim, 12);
          for (int i = 0; i < 50; i++) {
            sim.node(i % 12).put("k", "v" + i);
            sim.run(Duration.ofMillis(40));
          }
          sim.runUntilConverged(Duration.ofSeconds(10));
          for (SimNode node : sim.nodes()) {
            for (SimNode other : sim.nodes()) {
              assertThat(node.events(Suspected.class, other)).isEmpty();
            }
          }
        });
  }

  @Test
  @DisplayName("T-G 106: in a small cluster everybody is told as often as anybody else")
  void targetsAreEvenlyChosen() {
    Stage stage = new Stage(SwimConfig.lan().toBuilder().fanout(1).build());
    List<Actor> members = stage.members(4);
    stage.passes(Duration.ofSeconds(30));
    int[] told = new int[4];
    for (int round = 0; round < 500; round++) {
      stage.effects();
      stage.swim.update(stage.now(), Map.of("round", "v" + round));
      stage.react();
      stage.passes(Duration.ofMillis(5)); // one eager round
      List<io.gossip.sim.Effect> effects = stage.effects();
      for (int i = 0; i < 4; i++) {
        told[i] +=
            Stage.messages(effects, Update.State.class, members.get(i).address).isEmpty() ? 0 : 1;
      }
      stage.passes(Duration.ofSeconds(2));
    }
    int all = told[0] + told[1] + told[2] + told[3];
    assertThat(all).isGreaterThan(400);
    for (int count : told) {
      assertThat(count).isBetween(all / 4 - all / 10, all / 4 + all / 10);
    }
  }

  @Test
  @DisplayName("T-G 102, T-K 134: whatever comes in is handled or counted by why it was not")
  void everyDatagramIsHandledOrCounted() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    SplittableRandom random = new SplittableRandom(5);
    long self = stage.swim.membership().self().identity().handle();
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[i % 4 == 0 ? random.nextInt(200) : 0];
      random.nextBytes(bytes);
      ByteBuffer datagram = ByteBuffer.wrap(bytes);
      if (i % 4 > 0) {
        datagram = packet(i % 4 == 1 ? "other" : Stage.CLUSTER, i % 4 == 2 ? self : b.handle());
        if (i % 3 == 0) {
          int bit = random.nextInt(8 * datagram.limit());
          datagram.put(bit / 8, (byte) (datagram.get(bit / 8) ^ 1 << bit % 8));
        }
      }
      stage.swim.receive(stage.now(), b.address, datagram);
    }
    stage.effects();
    SwimStats stats = stage.swim.stats();
    for (Drop reason : List.of(Drop.MALFORMED, Drop.CHECKSUM, Drop.CLUSTER, Drop.OWN)) {
      assertThat(stats.dropped(reason)).as("%s", reason).isPositive();
    }
    assertThat(
            stats.count(PACKETS_HANDLED)
                + stats.dropped(Drop.MALFORMED)
                + stats.dropped(Drop.CHECKSUM)
                + stats.dropped(Drop.CLUSTER)
                + stats.dropped(Drop.VERSION)
                + stats.dropped(Drop.OWN))
        .isEqualTo(stats.count(DATAGRAMS_RECEIVED));
    assertThat(stage.swim.membership().members()).hasSize(2);
  }

  private static ByteBuffer packet(String cluster, long sender) {
    PacketWriter writer = new PacketWriter(Limits.MIN_DATAGRAM_BYTES);
    writer.begin(
        new Header(1, 0, Header.clusterHash(cluster), sender, 0, 0), Limits.MIN_DATAGRAM_BYTES);
    writer.add(new Ack(9, 0));
    writer.add(new Ping(9, sender));
    return writer.finish();
  }

  @Test
  void damagedPacketsAreCountedAndDoNoHarm() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = new Simulation(seed).links(Link.lan().withCorruption(0.05));
          grown(sim, 8).run(Duration.ofSeconds(60));
          assertThat(sim.falseDeaths()).isEmpty();
          long dropped = 0;
          for (SimNode node : sim.nodes()) {
            dropped += node.stats().dropped(Drop.CHECKSUM);
          }
          assertThat(dropped).isPositive();
        });
  }
}
