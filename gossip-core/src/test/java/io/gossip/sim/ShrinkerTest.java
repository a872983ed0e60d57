package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.sim.Schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final Schedule LONG = longSchedule();

  private int played;

  private static Schedule longSchedule() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      steps.add(new Step(1_000L * i, Mishap.draw(new SplittableRandom(i), Set.of()), i));
    }
    return new Schedule(1, Variant.LAN, 40, steps);
  }

  /** Fails with S3 where the steps drawn from 7 and 31 are both played to five or more. */
  private @Nullable String play(Schedule schedule) {
    played++;
    List<Long> draws = schedule.steps().stream().map(Step::draw).toList();
    if (draws.contains(7L) && draws.contains(31L) && schedule.nodes() >= 5) {
      return "S3: back from the dead";
    }
    return draws.contains(20L) ? "S8: event missing" : null;
  }

  @Test
  void onlyWhatTheFailureTakesIsLeft() {
    Schedule shrunk = new Shrinker(this::play, 1_000).shrink(LONG, "S3");
    assertThat(shrunk.steps()).extracting(Step::draw).containsExactly(7L, 31L);
    assertThat(shrunk.nodes()).isBetween(5, 8);
    assertThat(shrunk.steps().get(1).millis()).isLessThan(200);
  }

  @Test
  void anotherFailureIsNotTakenForTheSame() {
    Schedule shrunk = new Shrinker(this::play, 1_000).shrink(LONG, "S8");
    assertThat(shrunk.steps()).extracting(Step::draw).contains(20L);
    assertThat(play(shrunk)).startsWith("S8");
  }

  @Test
  void itPlaysNoMoreThanItMay() {
    Schedule shrunk = new Shrinker(this::play, 10).shrink(LONG, "S3");
    assertThat(played).isEqualTo(10);
    assertThat(play(shrunk)).startsWith("S3");
  }

  @Test
  void scheduleIsReadBackFromItsText() {
    Schedule drawn = Schedule.draw(5);
    assertThat(Schedule.parse(drawn.toString().lines().toList())).isEqualTo(drawn);
  }

  @Test
  void ruleIsFoundInTheMessage() {
    assertThat(Shrinker.rule("not within PT5S: L4: n3 is taken in")).isEqualTo("L4");
    assertThat(Shrinker.rule("n1: view is out of order at n2 and so on"))
        .isEqualTo("n1: view is out of order");
  }
}
