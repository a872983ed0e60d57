package io.gossip.sim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.experiment.AnomalyRun.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lifeguard's experiments, small. */
class LifeguardExperimentTest {

  /** Longer than the deaf hold, and hardly a moment to catch up in between. */
  private static final Plan LONG =
      new Plan(24, 6, Duration.ofMillis(32_768), Duration.ofMillis(16));

  @Test
  void plansAreThoseOfThePaper() {
    assertThat(LifeguardExperiment.plans("interval", 128)).hasSize(432).doesNotHaveDuplicates();
    assertThat(LifeguardExperiment.plans("threshold", 128)).hasSize(54).doesNotHaveDuplicates();
  }

  @Test
  void blockedMembersHaveNobodyDeclaredDeadThatIsWell() {
    for (Setup setup : List.of(Setup.OURS, Setup.OURS_5)) {
      assertThat(AnomalyRun.play(LONG, setup, 1).falsePositives()).as(setup.name()).isZero();
    }
  }

  @Test
  void plainSwimAndLifeguardDeclareThemDeadInTheSameRun() {
    int swim = AnomalyRun.play(LONG, Setup.SWIM, 1).falsePositives();
    int lifeguard = AnomalyRun.play(LONG, Setup.LIFEGUARD, 1).falsePositives();
    assertThat(lifeguard).isPositive();
    assertThat(swim).isGreaterThan(lifeguard);
  }

  @Test
  void blockedMemberIsMissedByAllThatAreWell() {
    Plan once = new Plan(24, 2, Duration.ofMillis(32_768), Duration.ZERO);
    Tally tally = AnomalyRun.play(once, Setup.OURS, 1);
    assertThat(tally.falsePositives()).isZero();
    assertThat(tally.first.count()).isEqualTo(2);
    assertThat(tally.full.count()).isEqualTo(2);
    // Its host accepts connections: so it is given ten seconds at least.
    assertThat(tally.first.at(50)).isBetween(10.0, 15.0);
  }
}
