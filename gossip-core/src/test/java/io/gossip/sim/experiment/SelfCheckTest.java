package io.gossip.sim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated world does what SWIM's formulas say (goal G4). */
@Tag("once") // on the first of two JDKs
class SelfCheckTest {

  @ParameterizedTest
  @CsvSource({"0.05, 1, 300", "0.1, 1, 100", "0.1, 3, 500", "0.3, 1, 30", "0.3, 3, 30"})
  void probesFailAsOftenAsTheFormulaSays(double loss, int relays, int seconds) {
    double measured = SelfCheck.failures(loss, relays, 64, Duration.ofSeconds(seconds), 1).rate();
    assertThat(measured).isCloseTo(SelfCheck.formula(loss, relays), Percentage.withPercentage(15));
  }

  @Test
  void deadMembersAreFirstProbedWhenTheFormulaSays() {
    Percentiles periods = new Percentiles();
    for (int seed = 1; seed <= 6; seed++) {
      periods.addAll(SelfCheck.periods(48, 40, seed));
    }
    assertThat(periods.mean()).isCloseTo(SelfCheck.PERIODS, Percentage.withPercentage(10));
  }

  @Test
  void formulaGivesThePapersFigures() {
    // Per e/(e-1) periods, as the paper counts.
    assertThat(SelfCheck.formula(0.05, 1) * SelfCheck.PERIODS).isCloseTo(2.86e-2, within(5e-5));
    assertThat(SelfCheck.formula(0.3, 3) * SelfCheck.PERIODS).isCloseTo(0.354, within(5e-4));
  }
}
