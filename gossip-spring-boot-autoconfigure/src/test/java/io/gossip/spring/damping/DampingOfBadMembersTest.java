package io.gossip.spring.damping;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.SimNode;
import io.gossip.sim.Simulation;
import io.gossip.spring.GossipProperties;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rapid's bad members (Suresh et al., "Stable and Consistent Membership at Scale with Rapid", 2018)
 * in the simulated world: the membership keeps them, and callers are spared them.
 */
class DampingOfBadMembersTest {

  private static final int NODES = 50;
  private static final int BAD = 20;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final GossipProperties.FlapDamping DEFAULTS =
      new GossipProperties.FlapDamping(
          true, Duration.ofMinutes(5), 2000, 750, Duration.ofMinutes(20));

  private final Simulation sim = new Simulation(1).assembled(NODES);
  private final SimNode bad = sim.node(BAD);
  private final IdentityHashMap<SimNode, FlapScores> scores = new IdentityHashMap<>();

  @Test
  void whoLosesMostOfWhatItSendsIsCalledLastByAllWithinTwoMinutesAndStaysSo() {
    watch();
    sim.faults().lose(List.of(bad), 0, 0.8);
    isCalledLastByAllWithin(Duration.ofMinutes(2));
  }

  @Test
  void whoHearsLittleIsCalledLastByAllWithinTwoMinutesAndStaysSo() {
    watch();
    sim.faults().lose(List.of(bad), 0.8, 0);
    isCalledLastByAllWithin(Duration.ofMinutes(2));
  }

  @Test
  void whoIsDeafAgainAndAgainIsCalledLastByAllInTheThirdCycleAndStaysSo() {
    watch();
    for (int cycle = 0; cycle < 12; cycle++) {
      Duration begins = Duration.ofSeconds(40L * cycle);
      sim.after(
          begins,
          () ->
              sim.faults()
                  .oneWay(sim.nodes().stream().filter(node -> node != bad).toList(), List.of(bad))
                  .lasting(Duration.ofSeconds(20)));
    }
    isCalledLastByAllWithin(Duration.ofMinutes(2));
  }

  private void watch() {
    for (SimNode node : sim.nodes()) {
      scores.put(node, new FlapScores(DEFAULTS, () -> sim.time().toNanos()));
    }
    sim.listen(
        (observer, event) -> {
          FlapScores known = scores.get(observer);
          if (known != null) {
            known.onEvent(event, observer.view());
          }
        });
  }

  private void isCalledLastByAllWithin(Duration limit) {
    Duration begun = sim.time();
    while (dampedBy() < NODES - 1 && sim.time().minus(begun).compareTo(limit) < 0) {
      sim.run(SECOND);
    }
    assertThat(dampedBy()).isEqualTo(NODES - 1);
    for (int i = 0; i < 120; i++) {
      sim.run(SECOND);
      assertThat(dampedBy()).isEqualTo(NODES - 1);
    }
    for (SimNode observer : sim.nodes()) {
      for (SimNode other : sim.nodes()) {
        if (other != bad && observer != bad) {
          assertThat(damps(observer, other)).isFalse();
        }
      }
    }
  }

  private int dampedBy() {
    int observers = 0;
    for (SimNode observer : sim.nodes()) {
      observers += observer != bad && damps(observer, bad) ? 1 : 0;
    }
    return observers;
  }

  private boolean damps(SimNode observer, SimNode other) {
    FlapScores known = scores.get(observer);
    return known != null && known.damped().contains(other.id());
  }
}
