package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MemberStatus;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrashTest {

  private static final int MEMBERS = 64;

  /** A cluster at rest in which most pairs have not met yet. */
  private static Simulation atRest(long seed) {
    Simulation sim = new Simulation(seed).nodes(MEMBERS);
    sim.runUntilConverged(Duration.ofSeconds(20));
    return sim.run(Duration.ofSeconds(5));
  }

  private static boolean anybodySeesDead(Simulation sim, SimNode crashed) {
    return sim.running().stream().anyMatch(node -> node.status(crashed) == MemberStatus.DEAD);
  }

  @Test
  void whoMissedARumorIsToldByTheFirstItMeets() {
    Seeds.each(
        40,
        seed -> {
          Simulation sim = atRest(seed);
          sim.add();
          assertThat(sim.runUntilConverged(Duration.ofSeconds(60)))
              .as("seed %s", seed)
              .isLessThan(Duration.ofMillis(2_600));
        });
  }

  @Test
  void deathIsToldToThoseWhoseOldViewsLookLikeTheNewOne() {
    Seeds.each(
        60,
        seed -> {
          Simulation sim = atRest(seed);
          sim.add();
          sim.runUntilConverged(Duration.ofSeconds(60));
          sim.run(Duration.ofSeconds(3));
          SimNode crashed = sim.node(MEMBERS);
          sim.crash(crashed);
          sim.runUntil("a verdict", () -> anybodySeesDead(sim, crashed), Duration.ofSeconds(20));
          assertThat(sim.runUntilConverged(Duration.ofSeconds(60)))
              .as("seed %s", seed)
              .isLessThan(Duration.ofMillis(2_600));
        });
  }

  @Test
  void whoWasCutOffDuringACrashIsToldByTheFirstItMeets() {
    Seeds.each(
        20,
        seed -> {
          Simulation sim = atRest(seed);
          SimNode away = sim.node(MEMBERS - 2);
          SimNode crashed = sim.node(MEMBERS - 1);
          List<SimNode> others = sim.nodes().subList(0, MEMBERS - 2);
          sim.partition(others, List.of(away));
          sim.crash(crashed);
          sim.runUntil(
              "a verdict",
              () -> others.stream().noneMatch(node -> node.sees(crashed)),
              Duration.ofSeconds(20));
          sim.run(Duration.ofSeconds(2));
          sim.heal();
          Duration told = sim.runUntil("told", () -> !away.sees(crashed), Duration.ofSeconds(60));
          assertThat(told).as("seed %s", seed).isLessThan(Duration.ofSeconds(6));
        });
  }

  @Test
  @DisplayName("T-C 32: where too few others could confirm, a suspicion runs at its minimum")
  void nobodysWordIsWaitedForAmongThree() {
    Seeds.each(
        20,
        seed -> {
          Simulation sim = new Simulation(seed).config(config -> config.streamPing(false)).nodes(3);
          sim.runUntilConverged(Duration.ofSeconds(20));
          sim.run(Duration.ofSeconds(5));
          SimNode silent = sim.node(2);
          sim.silence(silent);
          assertThat(
                  sim.runUntil(
                      "a verdict", () -> anybodySeesDead(sim, silent), Duration.ofSeconds(60)))
              .as("seed %s", seed)
              .isLessThan(Duration.ofSeconds(9));
        });
  }
}
