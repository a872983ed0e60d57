package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Evidence;
import io.gossip.wire.Header;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DisseminationTest {
  private static final int MEMBERS = 99; // told 3 · 2 times

  private final Dissemination rumors = new Dissemination(3, 1_000, DisseminationTest::sizeOf);

  @Test
  @DisplayName("T-G 92: a rumor is told λ · ⌈log10(n + 1)⌉ times, at least once")
  void transmissionsGrowWithTheLogarithm() {
    assertThat(rumors.limit(0)).isEqualTo(1);
    assertThat(rumors.limit(1)).isEqualTo(3);
    assertThat(rumors.limit(9)).isEqualTo(3);
    assertThat(rumors.limit(10)).isEqualTo(6);
    assertThat(rumors.limit(99)).isEqualTo(6);
    assertThat(rumors.limit(100)).isEqualTo(9);
    assertThat(rumors.limit(Integer.MAX_VALUE)).isEqualTo(30);
  }

  @Test
  @DisplayName("T-G 92: in a cluster of nobody else a rumor is told once")
  void loneMemberTellsOnce() {
    rumors.add(left(1), false);
    assertThat(tell(0, 1_000)).containsExactly(left(1));
    assertThat(rumors.isEmpty()).isTrue();
  }

  @Test
  @DisplayName("T-G 93: of one subject only the newest is told, and from the start")
  void newerNewsTakesThePlaceOfOlder() {
    rumors.add(left(1), false);
    rumors.add(suspect(2, 0), false);
    tell(MEMBERS, 1_000);
    tell(MEMBERS, 1_000);
    rumors.add(suspect(2, 1), false);
    assertThat(rumors.size()).isEqualTo(2);
    assertThat(tell(MEMBERS, 1_000)).containsExactly(suspect(2, 1), left(1));
    assertThat(countUntilSilent(suspect(2, 1))).isEqualTo(5);
    assertThat(rumors.dropped()).isZero();
  }

  @Test
  void allNewsOfAMembersStandingShareOnePlaceAndItsStateHasAnother() {
    rumors.add(suspect(1, 0), false);
    rumors.add(new Update.Dead(1, 0, List.of()), false);
    rumors.add(left(1), false);
    rumors.add(state(1, 5, 10), false);
    rumors.add(state(1, 6, 10), false);
    assertThat(rumors.size()).isEqualTo(2);
    assertThat(tell(MEMBERS, 1_000)).containsExactlyInAnyOrder(left(1), state(1, 6, 10));
    rumors.remove(1);
    assertThat(rumors.isEmpty()).isTrue();
  }

  @Test
  @DisplayName("T-G 94: fewest transmissions first, of these the larger, of these the older")
  void leastToldGoFirst() {
    rumors.add(left(1), false);
    tell(MEMBERS, 1_000);
    rumors.add(left(2), false);
    rumors.add(suspect(3, 0), false);
    rumors.add(left(4), false);
    assertThat(tell(MEMBERS, 1_000)).containsExactly(suspect(3, 0), left(2), left(4), left(1));
  }

  @Test
  @DisplayName("T-G 94: what is too large for the rest of a packet lets smaller ones pass")
  void whatFitsIsFound() {
    for (int i = 1; i <= 50; i++) {
      rumors.add(suspect(i, 0), false);
    }
    rumors.add(left(99), false);
    assertThat(tell(MEMBERS, 25)).containsExactly(left(99));
    assertThat(tell(MEMBERS, 55)).containsExactly(suspect(1, 0), left(99));
    assertThat(tell(MEMBERS, 5)).isEmpty();
  }

  @Test
  @DisplayName("T-G 95: by the sizes of the codec a packet is filled and not overfilled")
  void packetIsFilled() {
    Dissemination measured = new Dissemination(3, 1_000);
    for (int i = 1; i <= 200; i++) {
      measured.add(suspect(i, 0), false);
    }
    PacketWriter packet = new PacketWriter(1_400);
    packet.begin(new Header(1, 0, 7, 7, 0, 0), 1_400);
    int taken = measured.fill(MEMBERS, packet.remaining(), packet::add);
    assertThat(packet.count()).isEqualTo(taken).isGreaterThan(40);
    assertThat(packet.remaining()).isLessThan(PacketWriter.sizeOf(suspect(1, 0)));
  }

  @Test
  void refusedOffersAreNotRepeatedForEver() {
    for (int i = 1; i <= 50; i++) {
      rumors.add(left(i), false);
    }
    List<Update> offered = new ArrayList<>();
    int taken = rumors.fill(MEMBERS, 100_000, update -> !offered.add(update));
    assertThat(taken).isZero();
    assertThat(offered).hasSizeBetween(8, 16);
    assertThat(rumors.size()).isEqualTo(50);
    assertThat(tell(MEMBERS, 20)).containsExactly(left(1));
  }

  @Test
  void refusalsInBetweenDoNotEndAPacket() {
    for (int i = 1; i <= 60; i++) {
      rumors.add(left(i), false);
    }
    assertThat(rumors.fill(MEMBERS, 10_000, update -> update.handle() % 2 == 0)).isEqualTo(30);
  }

  @Test
  @DisplayName("T-G 97: a rumor told often enough is gone")
  void rumorsAge() {
    rumors.add(left(1), false);
    assertThat(countUntilSilent(left(1))).isEqualTo(6);
    assertThat(rumors.size()).isZero();
  }

  @Test
  @DisplayName("T-G 98: when there is no room the most often told is dropped and counted")
  void fullQueueKeepsTheFreshest() {
    Dissemination small = new Dissemination(3, 3, DisseminationTest::sizeOf);
    small.add(left(1), false);
    tell(small, MEMBERS, 1_000);
    small.add(left(2), false);
    small.add(left(3), false);
    small.add(left(4), false);
    assertThat(small.dropped()).isEqualTo(1);
    small.add(left(5), false); // all told equally often: the oldest goes
    assertThat(small.dropped()).isEqualTo(2);
    assertThat(small.size()).isEqualTo(3);
    small.add(suspect(5, 1), false); // takes its own place
    assertThat(small.dropped()).isEqualTo(2);
    assertThat(tell(small, MEMBERS, 1_000)).containsExactly(suspect(5, 1), left(3), left(4));
  }

  @Test
  void whereManyWaitEachIsToldLessOften() {
    Dissemination crowded = new Dissemination(4, 10_000, DisseminationTest::sizeOf);
    for (int i = 0; i < 400; i++) {
      crowded.add(left(i), false);
    }
    assertThat(crowded.limit(MEMBERS)).isEqualTo(8);
    int told = 0;
    while (!crowded.isEmpty()) {
      told += crowded.fill(MEMBERS, 1_000, update -> true);
    }
    // Half as often while 400 wait; the last 200 get all that they are due.
    assertThat(told).isBetween(400 * 4, 400 * 8 - 1);
  }

  @Test
  void evenInACrowdARumorIsToldThreeTimes() {
    Dissemination crowded = new Dissemination(4, 10_000, DisseminationTest::sizeOf);
    for (int i = 0; i < 5_000; i++) {
      crowded.add(left(i), false);
    }
    crowded.add(state(9_999, 1, 10), false);
    int[] times = new int[1];
    for (int i = 0; i < 3 * 5_001 / 20 && !crowded.isEmpty(); i++) {
      crowded.fill(
          MEMBERS,
          1_000,
          update -> {
            times[0] += update.handle() == 9_999 ? 1 : 0;
            return true;
          });
    }
    assertThat(times[0]).isEqualTo(3);
  }

  @Test
  void twiceAsManyWaitAsThereAreMembersAndWhatIsMoreIsCounted() {
    Dissemination bounded = new Dissemination(4, 10_000, DisseminationTest::sizeOf);
    bounded.fitTo(300);
    for (int i = 0; i < 700; i++) {
      bounded.add(left(i), false);
    }
    assertThat(bounded.size()).isEqualTo(600);
    assertThat(bounded.dropped()).isEqualTo(100);
    bounded.fitTo(200);
    assertThat(bounded.size()).isEqualTo(400);
    assertThat(bounded.dropped()).isEqualTo(300);
  }

  @Test
  @DisplayName("T-G 99: among 1,000 news of members a state is told in the first packet")
  void stateDoesNotStarve() {
    for (int i = 1; i <= 900; i++) {
      rumors.add(left(i), false);
    }
    rumors.add(state(7, 3, 100), false);
    List<Update> told = tell(MEMBERS, 1_000);
    assertThat(told).contains(state(7, 3, 100)).hasSize(1 + (1_000 - 100) / 20);
  }

  @Test
  @DisplayName("T-G 99: state larger than its quarter saves up for its turn")
  void largeStateIsToldWithinFourPackets() {
    for (int i = 1; i <= 900; i++) {
      rumors.add(left(i), false);
    }
    rumors.add(state(7, 3, 990), false);
    for (int packet = 1; packet <= 3; packet++) {
      assertThat(tell(MEMBERS, 1_000)).hasSize(50).doesNotContain(state(7, 3, 990));
    }
    assertThat(tell(MEMBERS, 1_000)).containsExactly(state(7, 3, 990));
    assertThat(tell(MEMBERS, 1_000)).hasSize(50);
  }

  @Test
  @DisplayName("T-G 99: while both kinds wait, state gets no more than a quarter")
  void membershipDoesNotStarve() {
    for (int i = 1; i <= 400; i++) {
      rumors.add(left(i), false);
      rumors.add(state(i, 1, 20), false);
    }
    int ofState = 0;
    for (int packet = 0; packet < 10; packet++) {
      for (Update update : tell(MEMBERS, 800)) {
        ofState += update instanceof Update.State ? 1 : 0;
      }
    }
    assertThat(ofState).isEqualTo(100);
  }

  @Test
  void whatOneKindLeavesTheOtherUses() {
    rumors.add(left(1), false);
    for (int i = 1; i <= 100; i++) {
      rumors.add(state(i, 1, 20), false);
    }
    assertThat(tell(MEMBERS, 1_000)).hasSize(50);
    for (int i = 2; i <= 100; i++) {
      rumors.add(left(i), false);
    }
    for (int i = 2; i <= 100; i++) {
      rumors.remove(i);
    }
    rumors.add(left(2), false);
    assertThat(tell(MEMBERS, 60)).containsExactly(left(2), left(1), state(1, 1, 20));
  }

  @Test
  void urgentNewsIsUrgentForThreeQuartersOfItsTransmissions() {
    assertThat(rumors.hasUrgent(MEMBERS)).isFalse();
    rumors.add(left(1), false);
    assertThat(rumors.hasUrgent(MEMBERS)).isFalse();
    rumors.add(left(2), true);
    for (int i = 0; i < 5; i++) {
      assertThat(rumors.hasUrgent(MEMBERS)).isTrue();
      tell(MEMBERS, 1_000);
    }
    assertThat(rumors.hasUrgent(MEMBERS)).isFalse();
    assertThat(rumors.size()).isEqualTo(2);
  }

  @Test
  void urgencyEndsWithItsRumor() {
    rumors.add(left(1), true);
    rumors.add(left(1), false);
    assertThat(rumors.hasUrgent(MEMBERS)).isFalse();
    rumors.add(state(1, 1, 20), true);
    assertThat(rumors.hasUrgent(MEMBERS)).isTrue();
    rumors.remove(1);
    assertThat(rumors.hasUrgent(MEMBERS)).isFalse();
  }

  @Test
  void rumorToldOftenerThanASmallerClusterNeedsIsToldOnceMoreAndGone() {
    rumors.add(left(1), true);
    for (int i = 0; i < 5; i++) {
      tell(MEMBERS, 1_000);
    }
    assertThat(rumors.hasUrgent(1)).isFalse();
    assertThat(tell(1, 1_000)).containsExactly(left(1));
    assertThat(rumors.isEmpty()).isTrue();
  }

  @Test
  @DisplayName("T-G 100: where there is room every rumor is told, superseded or removed")
  void nothingIsLost() {
    for (int seed = 0; seed < 50; seed++) {
      Dissemination queue = new Dissemination(2, 80, DisseminationTest::sizeOf);
      assertThat(neverTold(queue, 80, new SplittableRandom(seed))).isZero();
      assertThat(queue.dropped()).isZero();
    }
  }

  @Test
  @DisplayName("T-G 100: where there is none, every rumor that was never told is counted")
  void nothingIsLostUncounted() {
    for (int seed = 0; seed < 50; seed++) {
      Dissemination queue = new Dissemination(2, 20, DisseminationTest::sizeOf);
      long neverTold = neverTold(queue, 20, new SplittableRandom(seed));
      assertThat(queue.dropped()).isPositive().isGreaterThanOrEqualTo(neverTold);
    }
  }

  /** Plays at random with 40 members; how many rumors were neither told nor taken back. */
  private static long neverTold(Dissemination queue, int capacity, SplittableRandom random) {
    TreeMap<String, Update> untold = new TreeMap<>();
    for (int step = 1; step <= 2_000; step++) {
      long handle = random.nextLong(1, 41);
      int coin = random.nextInt(10);
      if (coin < 6) {
        Update update =
            random.nextInt(3) == 0
                ? state(handle, step, random.nextInt(20, 300))
                : suspect(handle, step);
        queue.add(update, random.nextBoolean());
        untold.put(key(update), update);
      } else if (coin == 6) {
        queue.remove(handle);
        untold.remove(key(left(handle)));
        untold.remove(key(state(handle, 0, 0)));
      } else {
        for (Update update : tell(queue, 30, random.nextInt(400))) {
          assertThat(untold.getOrDefault(key(update), update)).isEqualTo(update);
          untold.remove(key(update));
        }
      }
      assertThat(queue.size()).isLessThanOrEqualTo(capacity);
    }
    while (!queue.isEmpty()) {
      tell(queue, 30, 400).forEach(update -> untold.remove(key(update)));
    }
    assertThat(queue.hasUrgent(30)).isFalse();
    return untold.size();
  }

  private static String key(Update update) {
    return (update instanceof Update.State ? "state " : "membership ") + update.handle();
  }

  private int countUntilSilent(Update update) {
    int count = 0;
    while (!rumors.isEmpty()) {
      count += tell(MEMBERS, 1_000).contains(update) ? 1 : 0;
    }
    return count;
  }

  private List<Update> tell(int members, int bytes) {
    return tell(rumors, members, bytes);
  }

  /** What goes into a packet with so much room. */
  private static List<Update> tell(Dissemination from, int members, int bytes) {
    List<Update> packet = new ArrayList<>();
    int[] room = {bytes};
    int taken =
        from.fill(
            members,
            bytes,
            update -> {
              boolean fits = sizeOf(update) <= room[0];
              room[0] -= fits ? sizeOf(update) : 0;
              return fits && packet.add(update);
            });
    assertThat(taken).isEqualTo(packet.size());
    return packet;
  }

  private static int sizeOf(Update update) {
    if (update instanceof Update.State state) {
      return (int) state.target();
    }
    return update instanceof Update.Left ? 20 : 30;
  }

  private static Update left(long handle) {
    return new Update.Left(handle, 0);
  }

  private static Update suspect(long handle, int incarnation) {
    return new Update.Suspect(
        handle, incarnation, List.of(new Update.Charge(100, Evidence.UNANSWERED)));
  }

  /** A state whose target says how large it is taken to be. */
  private static Update state(long handle, long version, int size) {
    return new Update.State(handle, 0, version, size, 0, List.of());
  }
}
