package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.sim.tool.Epidemic.Course;
import io.gossip.sim.tool.Epidemic.Way;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EpidemicTest {

  private static double meanRounds(Epidemic epidemic) {
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int i = 0; i < 50; i++) {
      sum += epidemic.run(random).all();
    }
    return sum / 50;
  }

  @Test
  void twoNodesNeedOneRound() {
    assertThat(new Epidemic(2, 1, Way.PUSH, 0).run(new SplittableRandom(1)))
        .isEqualTo(new Course(1, 1, 1, 0, 0.5));
  }

  @Test
  void roundsAgreeWithTheory() {
    for (int n : new int[] {256, 4_096}) {
      assertThat(meanRounds(new Epidemic(n, 1, Way.PUSH, 0)))
          .isCloseTo(new Epidemic(n, 1, Way.PUSH, 0).theory(), within(1.5));
      assertThat(meanRounds(new Epidemic(n, 1, Way.PULL, 0)))
          .isCloseTo(new Epidemic(n, 1, Way.PULL, 0).theory(), within(2.5));
      assertThat(meanRounds(new Epidemic(n, 1, Way.PUSH_PULL, 0)))
          .isCloseTo(new Epidemic(n, 1, Way.PUSH_PULL, 0).theory(), within(2.5));
    }
  }

  @Test
  void rumorThatIsToldTooSeldomDiesOut() {
    Course course = new Epidemic(1_000, 1, Way.PUSH, 2).run(new SplittableRandom(1));
    assertThat(course.all()).isEqualTo(-1);
    // Who hears it tells it twice: the share x that never does solves x = exp(-2 (1 - x)), 0.203.
    assertThat(course.residue() / 1_000.0).isCloseTo(0.203, within(0.05));
    assertThat(course.told()).isCloseTo(2 * (1 - 0.203), within(0.1));
  }
}
