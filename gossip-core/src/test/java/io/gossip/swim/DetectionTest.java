package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long it takes until the dead are known to be dead, and by whom. */
class DetectionTest {

  private static Simulation grown(long seed, int nodes) {
    Simulation sim = new Simulation(seed).nodes(nodes);
    sim.runUntilConverged(Duration.ofSeconds(10));
    return sim.run(Duration.ofSeconds(10));
  }

  /** Times until all know, over some seeds, shortest first. */
  private static List<Duration> detections(
      int seeds, int nodes, BiConsumer<Simulation, SimNode> end) {
    List<Duration> times = new ArrayList<>();
    Seeds.each(
        seeds,
        seed -> {
          Simulation sim = grown(seed, nodes);
          sim.run(Duration.ofMillis(sim.random().nextInt(1_000)));
          SimNode victim = sim.node(sim.random().nextInt(nodes));
          end.accept(sim, victim);
          times.add(sim.runUntilConverged(Duration.ofSeconds(20)));
          assertThat(sim.falseDeaths()).isEmpty();
        });
    Collections.sort(times);
    return times;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16, 64})
  void killedProcessIsRemovedByAll(int nodes) {
    List<Duration> times = detections(nodes > 16 ? 3 : 10, nodes, Simulation::crash);
    assertThat(times.get(times.size() - 1)).as("%s", times).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16, 64})
  void silentHostIsRemovedByAll(int nodes) {
    List<Duration> times = detections(nodes > 16 ? 3 : 10, nodes, Simulation::silence);
    assertThat(times.get(times.size() / 2))
        .as("median of %s", times)
        .isLessThan(Duration.ofSeconds(7));
  }

  @Test
  void soleSurvivorNoticesThatItIsAlone() {
    Seeds.each(
        5,
        seed -> {
          for (int nodes : new int[] {2, 3, 5, 8}) {
            Simulation sim = grown(seed, nodes);
            for (SimNode node : sim.nodes().subList(1, nodes)) {
              sim.silence(node);
            }
            SimNode survivor = sim.node(0);
            // Of more than three, it doubts its own ears for the length of the hold, and is slow.
            sim.runUntil(
                "all others are gone",
                () -> survivor.view().members().size() == 1,
                Duration.ofSeconds(nodes <= 3 ? 15 : 120));
          }
        });
  }

  @Test
  void failedCallHasTheMemberProbedAtOnce() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 16);
          SimNode victim = sim.node(9);
          sim.crash(victim);
          for (SimNode caller : sim.nodes().subList(0, 2)) {
            caller.reportFailure(victim.id());
          }
          assertThat(sim.runUntilConverged(Duration.ofSeconds(5)))
              .isLessThan(Duration.ofSeconds(2));
          assertThat(sim.node(5).events(Failed.class, victim).get(0).reason())
              .contains("connection refused");
        });
  }

  @Test
  void severalCrashesAtOnceAreAllFound() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 32);
          for (int i = 0; i < 6; i++) {
            sim.crash(sim.node(5 * i));
          }
          sim.runUntilConverged(Duration.ofSeconds(15));
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void starvedProcessStartsNoStorm() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = new Simulation(seed).nodes(23);
          SimNode starved = sim.start(sim.spec(23).withServiceTime(Duration.ofMillis(150)));
          sim.run(Duration.ofMinutes(4));
          assertThat(sim.falseDeaths()).filteredOn(death -> death.victim() != starved).isEmpty();
        });
  }

  @Test
  void blockedProcessesThatComeAndGoTogetherKillNobody() {
    Seeds.each(
        3,
        seed -> {
          Simulation sim = grown(seed, 24);
          for (int cycle = 0; cycle < 12; cycle++) {
            for (int i = 0; i < 6; i++) {
              sim.pause(sim.node(4 * i), Duration.ofSeconds(8));
            }
            sim.run(Duration.ofMillis(8_000 + (cycle % 2 == 0 ? 16 : 1_000)));
          }
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }
}
