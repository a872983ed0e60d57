package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProbeOrderTest {
  private final ProbeOrder order = new ProbeOrder(new SplittableRandom(42));

  @Test
  @DisplayName("T-A 11: five are probed once in five ticks, and then in another order")
  void eachIsProbedOncePerRoundInAFreshOrder() {
    addAll(1, 2, 3, 4, 5);
    Set<List<Long>> orders = new LinkedHashSet<>();
    for (int round = 0; round < 20; round++) {
      List<Long> probed = take(5);
      assertThat(probed).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
      orders.add(probed);
    }
    assertThat(orders).hasSizeGreaterThan(10);
  }

  @Test
  @DisplayName("T-A 12: whoever is removed, nobody is skipped or probed twice")
  void removalLeavesTheRoundOfTheOthersAsItWas() {
    for (int taken = 0; taken <= 10; taken++) {
      for (long removed = 1; removed <= 10; removed++) {
        ProbeOrder removing = new ProbeOrder(new SplittableRandom(taken));
        ProbeOrder keeping = new ProbeOrder(new SplittableRandom(taken));
        for (long handle = 1; handle <= 10; handle++) {
          removing.add(handle);
          keeping.add(handle);
        }
        List<Long> before = take(removing, taken);
        List<Long> expected = take(keeping, 10);
        removing.remove(removed);
        int rest = before.contains(removed) ? 10 - taken : 9 - taken;
        List<Long> probed = new ArrayList<>(before);
        probed.addAll(take(removing, Math.max(0, rest)));
        if (!before.contains(removed)) {
          expected.remove(removed);
        }
        assertThat(probed).isEqualTo(expected);
        long gone = removed;
        assertThat(take(removing, 9)).hasSize(9).doesNotHaveDuplicates().doesNotContain(gone);
      }
    }
  }

  @Test
  void removingWhomItDoesNotHoldChangesNothing() {
    addAll(1, 2);
    order.remove(3);
    assertThat(take(2)).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  @DisplayName(
      "T-A 13: who is not eligible is not probed, and the others once per round all the same")
  void onlyTheEligibleAreProbed() {
    addAll(1, 2, 3, 4, 5, 6);
    for (int round = 0; round < 5; round++) {
      List<Long> probed = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        probed.add(order.next(handle -> handle % 2 == 0));
      }
      assertThat(probed).containsExactlyInAnyOrder(2L, 4L, 6L);
    }
  }

  @Test
  void withNobodyToProbeTheAnswerIsNobody() {
    assertThat(order.next(handle -> true)).isZero();
    addAll(1, 2);
    assertThat(order.next(handle -> false)).isZero();
    order.remove(1);
    order.remove(2);
    assertThat(order.next(handle -> true)).isZero();
    order.add(9);
    assertThat(take(2)).containsExactly(9L, 9L);
  }

  @Test
  void newcomerStandsAtEveryPlaceOfTheListEquallyOften() {
    int runs = 20_000;
    int[] places = new int[5];
    for (int seed = 0; seed < runs; seed++) {
      ProbeOrder fresh = new ProbeOrder(new SplittableRandom(seed));
      for (long handle = 1; handle <= 9; handle++) {
        fresh.add(handle);
      }
      take(fresh, 4);
      fresh.add(10); // of the ten places five are past or last
      int place = take(fresh, 5).indexOf(10L);
      if (place >= 0) {
        places[place]++;
      }
    }
    for (int count : places) {
      assertThat(count).isBetween(runs / 10 - 250, runs / 10 + 250);
    }
  }

  @Test
  void nobodyWaitsLongerThanTwoRoundsWhileOthersComeAndGo() {
    SplittableRandom random = new SplittableRandom(5);
    List<Long> members = new ArrayList<>();
    TreeMap<Long, Integer> waited = new TreeMap<>();
    for (long handle = 1; handle <= 1_000; handle++) {
      int coin = random.nextInt(10);
      if (coin < 5) {
        order.add(handle);
        members.add(handle);
        waited.put(handle, 0);
      } else if (coin < 7 && !members.isEmpty()) {
        long gone = members.remove(random.nextInt(members.size()));
        order.remove(gone);
        waited.remove(gone);
      }
      long probed = order.next(any -> true);
      assertThat(waited.containsKey(probed)).isEqualTo(!members.isEmpty());
      waited.replaceAll((member, ticks) -> member == probed ? 0 : ticks + 1);
      int bound = 2 * members.size() - 1;
      assertThat(waited.values()).allMatch(ticks -> ticks <= bound);
    }
  }

  private void addAll(long... handles) {
    for (long handle : handles) {
      order.add(handle);
    }
  }

  private List<Long> take(int count) {
    return take(order, count);
  }

  private static List<Long> take(ProbeOrder from, int count) {
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(from.next(handle -> true));
    }
    return taken;
  }
}
