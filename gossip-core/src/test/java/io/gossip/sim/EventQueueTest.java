package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final EventQueue queue = new EventQueue();
  private final List<Planned> happened = new ArrayList<>();

  private record Planned(long time, int number) {}

  private Planned plan(long time, int number) {
    Planned planned = new Planned(time, number);
    queue.at(
        time,
        () -> {
          assertThat(queue.now()).isEqualTo(time);
          happened.add(planned);
        });
    return planned;
  }

  @Test
  void everythingHappensInTheOrderOfTimeAndThenOfItsPlanning() {
    SplittableRandom random = new SplittableRandom(1);
    List<Planned> planned = new ArrayList<>();
    int number = 0;
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 40; i++) {
        planned.add(plan(queue.now() + random.nextLong(300), number++));
      }
      queue.run(queue.now() + 100);
    }
    queue.run(queue.now() + 300);
    planned.sort(Comparator.comparingLong(Planned::time).thenComparingInt(Planned::number));
    assertThat(happened).isEqualTo(planned);
    assertThat(queue.done()).isEqualTo(2_000);
  }

  @Test
  void timeMovesOnWhereNothingHappens() {
    queue.run(70);
    assertThat(queue.now()).isEqualTo(70);
    assertThatThrownBy(() -> queue.at(69, () -> {})).hasMessageContaining("past");
  }

  @Test
  void whatIsPlannedForNowStillHappensNow() {
    queue.at(10, () -> queue.after(0, () -> plan(10, 1)));
    queue.run(10);
    assertThat(happened).containsExactly(new Planned(10, 1));
  }

  @Test
  void laterThingsWait() {
    plan(20, 1);
    queue.run(19);
    assertThat(happened).isEmpty();
    queue.run(20);
    assertThat(happened).hasSize(1);
  }
}
