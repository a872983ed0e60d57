package io.gossip.spring.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.gossip.GossipNode;
import io.gossip.membership.Accusation;
import io.gossip.membership.Evidence;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.spring.service.Members;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventHistoryTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Membership VIEW = Members.view(Members.member("self", Map.of()));
  private static final Member STOCK = Members.serving("stock-1", "stock", 80);
  private static final Member AWAY = Members.with(STOCK, "service.status", "OUT_OF_SERVICE");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final EventHistory history = new EventHistory(8, now::get);

  @Test
  void itTellsWhatHappenedWhenAndInWhichOrder() {
    joined("a");
    now.set(NOW.plusSeconds(1));
    joined("b");
    assertThat(all())
        .extracting(Recorded::sequence, each -> each.transition().member(), Recorded::at)
        .containsExactly(tuple(2L, "b", NOW.plusSeconds(1)), tuple(1L, "a", NOW));
  }

  @Test
  void theOldestGoFirstAndAreStillCounted() {
    for (int i = 1; i <= 20; i++) {
      joined("m-" + i);
    }
    assertThat(sequences()).containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L);
    assertThat(history.recorded()).isEqualTo(20);
    assertThat(history.capacity()).isEqualTo(8);
  }

  @Test
  void aMemberThatIsUpdatedAllTheTimeDrivesNothingElseOut() {
    failed("dead");
    for (int i = 0; i < 100; i++) {
      updated();
    }
    for (int i = 0; i < 5; i++) {
      joined("m-" + i);
    }
    assertThat(all())
        .hasSize(8)
        .last()
        .satisfies(each -> assertThat(each.transition().type()).isEqualTo(TransitionType.FAILED));
    assertThat(all())
        .filteredOn(each -> each.transition().type() == TransitionType.UPDATED)
        .hasSize(2);
  }

  @Test
  void aDeploymentDoesNotDriveOutWhatWentWrongLastNight() {
    failed("dead");
    history.onEvent(new MembershipEvent.Isolated(VIEW.self()), VIEW);
    for (int i = 0; i < 100; i++) {
      left("old-" + i);
      joined("new-" + i);
      updated();
    }
    for (int i = 0; i < 100; i++) {
      forgotten("old-" + i);
    }
    assertThat(all())
        .extracting(each -> each.transition().type().name())
        .hasSize(8)
        .contains("FORGOTTEN")
        .endsWith("ISOLATED", "FAILED");
    assertThat(sequences()).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void whatWentWrongHasNoMoreThanItsShareForGood() {
    for (int i = 0; i < 100; i++) {
      failed("dead-" + i);
    }
    for (int i = 0; i < 3; i++) {
      joined("m-" + i);
    }
    assertThat(sequences()).containsExactly(103L, 102L, 101L, 100L, 99L, 98L, 97L, 96L);
    for (int i = 0; i < 100; i++) {
      joined("m-" + i);
    }
    assertThat(all())
        .filteredOn(each -> each.transition().type() == TransitionType.FAILED)
        .extracting(Recorded::sequence)
        .containsExactly(100L, 99L);
  }

  @Test
  void howeverFewAreKeptTheyAreNoMore() {
    for (int capacity = 1; capacity < 12; capacity++) {
      EventHistory small = new EventHistory(capacity, now::get);
      for (int i = 0; i < 30; i++) {
        small.onEvent(failure("m-" + i), VIEW);
        small.onEvent(new MembershipEvent.Updated(AWAY, STOCK), VIEW);
        small.onEvent(new MembershipEvent.Joined(Members.member("m-" + i, Map.of())), VIEW);
      }
      assertThat(small.latest(each -> true, 1_000)).hasSize(capacity);
    }
  }

  @Test
  void updatesHaveTheRoomThatNobodyElseNeeds() {
    for (int i = 0; i < 100; i++) {
      updated();
    }
    assertThat(sequences())
        .containsExactlyElementsOf(LongStream.iterate(100, s -> s - 1).limit(8).boxed().toList());
  }

  @Test
  void anUpdateOfNothingThatMattersIsNotRecorded() {
    Member heavier = Members.with(STOCK, "service.weight", "7");
    history.onEvent(new MembershipEvent.Updated(heavier, STOCK), VIEW);
    history.onEvent(new MembershipEvent.Updated(Members.with(STOCK, "mine", "x"), STOCK), VIEW);
    assertThat(history.recorded()).isZero();
  }

  @Test
  void lostEventsAreRecorded() {
    history.onResync(VIEW, 7);
    assertThat(all())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.transition().type()).isEqualTo(TransitionType.RESYNC);
              assertThat(each.transition().member()).isEqualTo("self");
              assertThat(each.transition().reason())
                  .isEqualTo("7 events came too fast and were dropped; 1 members");
            });
  }

  @Test
  void aStopAndStartOfTheNodeIsRecordedAsWhatItIs() {
    GossipNode node =
        GossipNode.builder().bindHost(InetAddress.getLoopbackAddress()).bindPort(0).build();
    node.subscribe(history);
    node.start();
    node.stop();
    node.start();
    await().until(() -> !all().isEmpty());
    assertThat(all())
        .extracting(each -> each.transition().type(), each -> each.transition().reason())
        .containsExactly(tuple(TransitionType.RESYNC, "this node has started again; 1 members"));
    node.close();
  }

  @Test
  void itTellsNoMoreThanIsWanted() {
    joined("a");
    failed("b");
    joined("c");
    assertThat(history.latest(each -> each.transition().type() == TransitionType.JOINED, 1))
        .singleElement()
        .satisfies(each -> assertThat(each.transition().member()).isEqualTo("c"));
  }

  @Test
  void noMemberIsKeptAlive() {
    WeakReference<Member> gone = new WeakReference<>(failedWithState());
    await()
        .until(
            () -> {
              System.gc(); // which is only asked
              return gone.get() == null;
            });
    assertThat(all()).hasSize(1);
  }

  private Member failedWithState() {
    Member dead = Members.serving("dead", "stock", 80).with(MemberStatus.DEAD);
    history.onEvent(new MembershipEvent.Failed(dead, List.of(), Duration.ZERO), VIEW);
    return dead;
  }

  @Test
  void readersAndTheRecorderDoNotDisturbEachOther() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              while (done.getCount() > 0) {
                List<Long> seen = sequences();
                for (int i = 1; i < seen.size(); i++) {
                  if (seen.get(i) != seen.get(i - 1) - 1) {
                    trouble.set(new AssertionError(seen));
                  }
                }
              }
            });
    reader.setUncaughtExceptionHandler((thread, thrown) -> trouble.set(thrown));
    reader.start();
    for (int i = 0; i < 20_000; i++) {
      joined("a");
    }
    done.countDown();
    reader.join();
    assertThat(trouble.get()).isNull();
  }

  @Test
  void aCapacityBeyondReasonIsRefused() {
    assertThatThrownBy(() -> new EventHistory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 10000");
    assertThatThrownBy(() -> new EventHistory(EventHistory.MAX_CAPACITY + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void joined(String id) {
    history.onEvent(new MembershipEvent.Joined(Members.member(id, Map.of())), VIEW);
  }

  private void left(String id) {
    Member gone = Members.member(id, Map.of()).with(MemberStatus.LEFT);
    history.onEvent(new MembershipEvent.Left(gone), VIEW);
  }

  private void forgotten(String id) {
    Member gone = Members.member(id, Map.of()).with(MemberStatus.LEFT);
    history.onEvent(new MembershipEvent.Forgotten(gone), VIEW);
  }

  private void failed(String id) {
    history.onEvent(failure(id), VIEW);
  }

  private static MembershipEvent failure(String id) {
    Member dead = Members.member(id, Map.of()).with(MemberStatus.DEAD);
    List<Accusation> by = List.of(new Accusation("self", Evidence.REFUSED));
    return new MembershipEvent.Failed(dead, by, Duration.ZERO);
  }

  private void updated() {
    history.onEvent(new MembershipEvent.Updated(AWAY, STOCK), VIEW);
  }

  private List<Recorded> all() {
    return history.latest(each -> true, 1_000);
  }

  private List<Long> sequences() {
    return all().stream().map(Recorded::sequence).toList();
  }
}
