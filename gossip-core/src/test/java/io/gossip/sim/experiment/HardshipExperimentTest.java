package io.gossip.sim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.experiment.RapidExperiment.Result;
import io.gossip.sim.experiment.RapidExperiment.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starvation, pauses, solitude and Rapid's faults, small. */
class HardshipExperimentTest {

  @Test
  void starvedMembersHaveNobodyDeclaredDead() {
    Ledger deaths = HardshipExperiment.starved(Setup.OURS, 32, 5, Duration.ofMinutes(1), 1);
    assertThat(deaths.wrongByWell()).isZero();
    assertThat(deaths.wrongByFaulty()).isZero();
  }

  @Test
  void membersThatPauseInStepDeclareNobodyDead() {
    Ledger deaths = HardshipExperiment.paused(Setup.OURS, 40, 0.3, Duration.ofSeconds(2), 3, 1);
    assertThat(deaths.wrongByWell() + deaths.wrongByFaulty()).isZero();
    assertThat(deaths.removals(Duration.ZERO).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void whoIsLeftAloneRemovesTheOthersAndSaysSo(int nodes) {
    HardshipExperiment.Alone alone = HardshipExperiment.alone(Setup.OURS, nodes, 1);
    assertThat(alone.removed()).isLessThan(Duration.ofSeconds(nodes <= 3 ? 15 : 40));
    assertThat(alone.saidSo()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Scenario.class,
      names = {"EGRESS", "INGRESS", "FLIP"})
  void lossyMembersHaveNobodyDeclaredDeadThatIsWell(Scenario scenario) {
    Result result = RapidExperiment.play(scenario, Setup.OURS, 32, 1, Duration.ofSeconds(60), 1);
    assertThat(result.ledger().wrongByWell()).isZero();
    assertThat(result.ledger().wrongByFaulty()).isZero();
  }

  @Test
  void manyThatCrashAtOnceAreGoneSoonAndTogether() {
    Result result =
        RapidExperiment.play(Scenario.CRASH, Setup.OURS, 64, 4, Duration.ofSeconds(15), 1);
    assertThat(result.ledger().outPercent()).isEqualTo(100);
    assertThat(result.removals().at(100)).isLessThan(5);
    assertThat(result.ledger().readmissions()).isZero();
  }
}
