package io.gossip.swim;

import static io.gossip.swim.Clusters.grown;
import static io.gossip.swim.Clusters.others;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.MembershipEvent.Failed;
import io.gossip.membership.MembershipEvent.Isolated;
import io.gossip.sim.Seeds;
import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OneWayTest {

  @Test
  @DisplayName("T-F 82: who hears nobody is removed by the others and says that it is isolated")
  void deafMemberIsRemovedAndKnowsThatItIsIsolated() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode deaf = sim.node(5);
          sim.paths().deafen(deaf.address());
          sim.runUntil(
              "the deaf member is removed",
              () -> Simulation.converged(others(sim, deaf)),
              Duration.ofSeconds(90));
          sim.runUntil(
              "it says that it is isolated",
              () -> deaf.phase() == SwimReport.Phase.ISOLATED,
              Duration.ofSeconds(60));
          assertThat(deaf.events(Isolated.class, deaf)).hasSize(1);
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @Test
  void muteMemberIsRemovedAndComesBack() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode mute = sim.node(5);
          sim.paths().mute(mute.address());
          sim.runUntil(
              "the mute member is removed",
              () -> Simulation.converged(others(sim, mute)),
              Duration.ofSeconds(60));
          sim.heal();
          sim.runUntilConverged(Duration.ofSeconds(30));
        });
  }

  @Test
  void cutBetweenTwoMembersKillsNeitherWhileOthersReachBoth() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode a = sim.node(3);
          SimNode b = sim.node(6);
          sim.paths().cut(a.address(), b.address());
          sim.run(Duration.ofMinutes(3));
          assertThat(sim.falseDeaths()).isEmpty();
          sim.paths().cut(b.address(), a.address());
          sim.run(Duration.ofMinutes(3));
          assertThat(sim.falseDeaths()).isEmpty();
        });
  }

  @Test
  void deafMemberKillsNobody() {
    Seeds.each(
        5,
        seed -> {
          Simulation sim = grown(seed, 8);
          SimNode deaf = sim.node(5);
          sim.paths().deafen(deaf.address());
          sim.run(Duration.ofSeconds(25));
          for (SimNode other : others(sim, deaf)) {
            assertThat(deaf.events(Failed.class, other)).isEmpty();
            for (SimNode third : others(sim, deaf)) {
              assertThat(other.events(Failed.class, third)).isEmpty();
            }
          }
        });
  }
}
