package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.sim.Effect;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message.Ping;
import io.gossip.wire.Update;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node sends at most, and who waits when that is too little. */
class BandwidthTest {
  private static final int MOST_PER_SECOND = 50_000;

  /** Sees the bytes of the last second, every 50 ms. */
  private static final class Meter {
    private final Deque<Long> samples = new ArrayDeque<>();
    long most;

    void sample(SimNode node) {
      samples.addLast(node.stats().count(Counter.DATAGRAM_BYTES_SENT));
      if (samples.size() > 21) {
        samples.removeFirst();
      }
      most = Math.max(most, samples.getLast() - samples.getFirst());
    }
  }

  @Test
  void noSecondHoldsMoreThanTheCapWhateverIsWritten() {
    Simulation sim = new Simulation(1).nodes(24);
    sim.runUntilConverged(Duration.ofSeconds(20));
    List<Meter> meters = sim.nodes().stream().map(node -> new Meter()).toList();
    for (int step = 0; step < 200; step++) {
      for (SimNode node : sim.nodes()) {
        if (step % 4 == 0) {
          node.put("key" + step % 3, "x".repeat(900) + step);
        }
        meters.get(sim.nodes().indexOf(node)).sample(node);
      }
      sim.run(Duration.ofMillis(50));
    }
    assertThat(meters).allSatisfy(meter -> assertThat(meter.most).isLessThan(MOST_PER_SECOND));
    // It was too much for the cap, so something did wait.
    assertThat(sim.nodes())
        .anySatisfy(node -> assertThat(node.stats().count(Counter.ROUNDS_CAPPED)).isPositive());
    sim.runUntilConverged(Duration.ofSeconds(30));
  }

  @Test
  void whatEncryptionAddsIsCounted() {
    Simulation plain = new Simulation(1).nodes(2).run(Duration.ofSeconds(20));
    Simulation sealed =
        new Simulation(1)
            .config(c -> c.maxPacketSize(1_448).datagramOverhead(48).frameOverhead(42))
            .nodes(2)
            .run(Duration.ofSeconds(20));
    for (int i = 0; i < 2; i++) {
      SwimStats without = plain.node(i).stats();
      SwimStats with = sealed.node(i).stats();
      assertThat(with.count(Counter.DATAGRAM_BYTES_SENT))
          .isEqualTo(
              without.count(Counter.DATAGRAM_BYTES_SENT)
                  + 48 * without.count(Counter.DATAGRAMS_SENT));
      assertThat(with.count(Counter.DATAGRAM_BYTES_RECEIVED))
          .isEqualTo(
              without.count(Counter.DATAGRAM_BYTES_RECEIVED)
                  + 48 * without.count(Counter.DATAGRAMS_RECEIVED));
      assertThat(with.count(Counter.FRAME_BYTES_SENT))
          .isEqualTo(
              without.count(Counter.FRAME_BYTES_SENT)
                  + (42 - 4) * without.count(Counter.FRAMES_SENT));
    }
  }

  @Test
  void capHoldsForWhatIsSealed() {
    Simulation sim = new Simulation(1).config(c -> c.datagramOverhead(48)).nodes(24);
    sim.runUntilConverged(Duration.ofSeconds(20));
    List<Meter> meters = sim.nodes().stream().map(node -> new Meter()).toList();
    for (int step = 0; step < 200; step++) {
      for (SimNode node : sim.nodes()) {
        node.put("key" + step % 3, "x" + step); // small datagrams, to which the seal adds most
        meters.get(sim.nodes().indexOf(node)).sample(node);
      }
      sim.run(Duration.ofMillis(50));
    }
    assertThat(meters).allSatisfy(meter -> assertThat(meter.most).isLessThan(MOST_PER_SECOND));
  }

  @Test
  void newsOfMembersIsNotHeldUpByMuchState() {
    Simulation sim = new Simulation(1).nodes(24);
    sim.runUntilConverged(Duration.ofSeconds(20));
    for (int step = 0; step < 100; step++) {
      for (SimNode node : sim.nodes()) {
        node.put("key" + step % 3, "x".repeat(900) + step);
      }
      sim.run(Duration.ofMillis(100));
    }
    SimNode crashed = sim.node(20);
    sim.crash(crashed);
    Duration known = Duration.ZERO;
    while (sim.running().stream().anyMatch(node -> node.sees(crashed))) {
      for (SimNode node : sim.running()) {
        node.put("key", "x".repeat(900) + known);
      }
      sim.run(Duration.ofMillis(100));
      known = known.plusMillis(100);
    }
    assertThat(known).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void probesGoOnAboveTheCapAndTakeNothingAlong() {
    Stage stage = new Stage(SwimConfig.lan().toBuilder().bandwidth(6_000).build());
    List<Actor> members = stage.members(4);
    Actor accuser = members.get(0);
    Actor subject = members.get(1);
    subject.answers = false;
    for (int i = 0; i < 100; i++) { // each is answered at the cost of this node
      accuser.says(new Ping(i, accuser.handle() + 1));
    }
    stage.effects();
    accuser.says(
        new Update.Suspect(
            subject.handle(), 1, List.of(new Update.Charge(accuser.handle(), Evidence.SILENT))));
    stage.swim.reportFailure(stage.now(), members.get(2).id);
    stage.react();
    List<Update.Suspect> withProbe =
        Stage.messages(stage.effects(), Update.Suspect.class, members.get(2).address);
    assertThat(withProbe).isEmpty();
    assertThat(stage.swim.report(stage.now()).rumors()).isPositive();
    stage.passes(Duration.ofMillis(1_900));
    List<Effect> later = stage.effects();
    assertThat(members)
        .anySatisfy(
            member ->
                assertThat(Stage.messages(later, Update.Suspect.class, member.address))
                    .isNotEmpty());
  }
}
