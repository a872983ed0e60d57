package io.gossip.swim;

import static io.gossip.membership.MemberStatus.ALIVE;
import static io.gossip.swim.Clusters.grown;
import static io.gossip.swim.Clusters.others;
import static io.gossip.swim.SwimStats.Drop.FUTURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent.Conflict;
import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.MembershipEvent.Restarted;
import io.gossip.membership.MembershipEvent.Suspected;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.NodeSpec;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.wire.Update;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdentityTest {

  @Test
  @DisplayName("T-E 56: a new process under its old name at its old address is a restart, at once")
  void restartIsSeenAtOnceAndWithoutSuspicion() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode again = sim.restart(sim.node(4));
          assertThat(sim.runUntilConverged(Duration.ofSeconds(5)))
              .isLessThan(Duration.ofSeconds(2));
          sim.run(Duration.ofSeconds(10));
          for (SimNode other : others(sim, again)) {
            assertThat(other.events(Restarted.class, again)).hasSize(1);
            assertThat(other.events(Suspected.class, again)).isEmpty();
            assertThat(other.events(Failed.class, again)).isEmpty();
          }
        });
  }

  @Test
  @DisplayName("T-E 57: a new process under its old name elsewhere has moved")
  void memberMoves() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode former = sim.node(4);
          SimNode moved = sim.replace(former, former.spec().at(Simulation.address(50)));
          sim.runUntilConverged(Duration.ofSeconds(5));
          for (SimNode other : others(sim, moved)) {
            assertThat(other.events(Restarted.class, moved)).hasSize(1);
            assertThat(other.record(moved.id()))
                .extracting(Member::address)
                .isEqualTo(Simulation.address(50));
          }
        });
  }

  @Test
  void restartWhileProbesOfTheFormerLifeAreUnderWayIsARestart() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          for (int i = 0; i < 5; i++) {
            sim.run(Duration.ofMillis(sim.random().nextInt(1_000)));
            sim.crash(sim.node(4));
            sim.run(Duration.ofMillis(sim.random().nextInt(1_500)));
            sim.restart(sim.node(4));
          }
          sim.runUntilConverged(Duration.ofSeconds(20));
        });
  }

  @Test
  @DisplayName("T-E 58: an older life that is heard of later is ignored")
  void olderLifeIsIgnored() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    Member known = b.record();
    stage.effects();
    Actor messenger = stage.member("c");
    stage.effects();
    messenger.says(
        new Update.Alive(b.id, b.generation - 1, 9, b.address, "", new ProtocolRange(1, 1), 0));
    assertThat(stage.events()).isEmpty();
    assertThat(b.record()).isEqualTo(known);
  }

  @Test
  @DisplayName("T-E 59: a generation more than a year ahead is refused and counted")
  void generationFarAheadIsRefused() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    stage.effects();
    long ahead = Stage.GENERATION + Duration.ofDays(366).toMillis();
    b.says(new Update.Alive(b.id, ahead, 0, b.address, "", new ProtocolRange(1, 1), 0));
    Member self = stage.swim.membership().self();
    b.says(new Update.Alive(self.id(), ahead, 0, self.address(), "", new ProtocolRange(1, 1), 0));
    assertThat(stage.events()).isEmpty();
    assertThat(stage.swim.stats().dropped(FUTURE)).isEqualTo(2);
    assertThat(stage.swim.membership().self()).isEqualTo(self);
  }

  @Test
  @DisplayName("T-E 60: another name at a known address retires the former name")
  void anotherNameAtAKnownAddressRetiresTheFormerName() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode former = sim.node(4);
          SimNode heir = sim.replace(former, former.spec().withId("heir"));
          sim.runUntilConverged(Duration.ofSeconds(5));
          for (SimNode other : others(sim, heir)) {
            assertThat(other.events(Failed.class, former)).hasSize(1);
            assertThat(other.events(Joined.class, heir)).hasSize(1);
          }
        });
  }

  @Test
  @DisplayName("T-E 61: of two live processes of one name the newer keeps it; the older is told")
  void newerOfTwoProcessesOfOneNameKeepsIt() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode older = sim.node(4);
          NodeSpec spec = older.spec();
          SimNode newer = sim.start(spec.at(Simulation.address(50)));
          sim.runUntil(
              "the older gives way", () -> older.phase() == Phase.CONFLICT, Duration.ofSeconds(20));
          assertThat(older.events(Conflict.class, older)).hasSize(1);
          List<SimNode> rest = others(sim, older);
          sim.runUntil(
              "the newer is one of them", () -> Simulation.converged(rest), Duration.ofSeconds(10));
          sim.run(Duration.ofSeconds(60));
          assertThat(newer.phase()).isEqualTo(Phase.JOINED);
          assertThat(newer.self().generation()).isGreaterThan(older.self().generation());
          assertThat(Simulation.converged(rest)).isTrue();
        });
  }

  @Test
  @DisplayName("T-E 61: … also when they were born on two sides of a cut")
  void twoProcessesOfOneNameOnTwoSidesOfACutSettleItAfterwards() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode older = sim.node(4);
          SimNode newer =
              sim.start(older.spec().at(Simulation.address(50)).withSeeds(sim.spec(0).seeds()));
          sim.partition(
              List.of(sim.node(0), sim.node(1), newer),
              List.of(sim.node(2), sim.node(3), older, sim.node(5)));
          sim.run(Duration.ofSeconds(40));
          sim.heal();
          sim.runUntil(
              "the older gives way", () -> older.phase() == Phase.CONFLICT, Duration.ofSeconds(60));
          sim.runUntil(
              "the newer is one of them",
              () -> Simulation.converged(others(sim, older)),
              Duration.ofSeconds(30));
        });
  }

  @Test
  @DisplayName("T-E 63: a former life of one's own never becomes a member")
  void formerLifeOfOnesOwnIsNoMember() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 4);
          SimNode former = sim.node(3);
          SimNode again = sim.replace(former, former.spec().at(Simulation.address(50)));
          sim.run(Duration.ofSeconds(20));
          assertThat(again.view().members())
              .filteredOn(member -> member.id().equals(again.id()))
              .containsExactly(again.self());
          assertThat(again.view().departed()).isEmpty();
        });
  }

  @Test
  void processWhoseClockWentBackIsToldWhichGenerationToExceed() {
    Seeds.each(
        10,
        seed -> {
          Simulation sim = grown(seed, 6);
          SimNode former = sim.node(5);
          sim.crash(former);
          sim.run(Duration.ofSeconds(20));
          // The one seed that it will ask has no memory of it.
          SimNode forgetful = sim.restart(sim.node(0));
          sim.runUntilConverged(Duration.ofSeconds(10));
          NodeSpec spec =
              former
                  .spec()
                  .withClockOffset(Duration.ofHours(-1))
                  .withSeeds(List.of(new Seed("10.0.0.1", Simulation.PORT)));
          SimNode again = sim.replace(former, spec);
          sim.runUntilConverged(Duration.ofSeconds(20));
          assertThat(again.self().generation()).isGreaterThan(former.self().generation());
          assertThat(forgetful.sees(again)).isTrue();
        });
  }

  @Test
  void echoOfAFormerLifeElsewhereDoesNotSilenceItsOwner() {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    Member self = stage.swim.membership().self();
    InetSocketAddress elsewhere = Simulation.address(50);
    stage.effects();
    b.says(
        new Update.Alive(
            self.id(), self.generation() + 1, 0, elsewhere, "", new ProtocolRange(1, 1), 0));
    stage.passes(Duration.ofSeconds(3));
    assertThat(stage.sent(io.gossip.wire.Message.Ping.class, stage.new Actor("self", elsewhere)))
        .isNotEmpty();
    assertThat(stage.swim.phase()).isEqualTo(Phase.JOINED);
    assertThat(stage.swim.membership().self().generation()).isGreaterThan(self.generation() + 1);
  }

  @Test
  @DisplayName("T-E 64: a renewal in the middle of a probe round disturbs nothing")
  void renewalInTheMiddleOfARoundDisturbsNothing() {
    Stage stage = new Stage();
    List<Actor> others = stage.members(3);
    long handle = stage.swim.membership().self().identity().handle();
    stage.passes(Duration.ofMillis(500));
    others.get(0).says(new Update.Left(handle, 0));
    assertThat(stage.swim.membership().self().identity().handle()).isNotEqualTo(handle);
    stage.passes(Duration.ofSeconds(10));
    for (Actor other : others) {
      assertThat(other.status()).isEqualTo(ALIVE);
    }
    assertThat(stage.swim.membership().members()).hasSize(4);
  }

  @Test
  @DisplayName("T-E 65: an IPv4 address and its IPv6 form are the same")
  void mappedAddressIsTheSame() throws UnknownHostException {
    Stage stage = new Stage();
    Actor b = stage.member("b");
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(b.address.getAddress().getAddress(), 0, mapped, 12, 4);
    InetSocketAddress v6 =
        new InetSocketAddress(InetAddress.getByAddress(mapped), b.address.getPort());
    stage.effects();
    b.says(new Update.Alive(b.id, b.generation, 1, v6, "", new ProtocolRange(1, 1), 0));
    assertThat(stage.events()).isEmpty();
    assertThat(b.record().address()).isEqualTo(b.address);
  }
}
