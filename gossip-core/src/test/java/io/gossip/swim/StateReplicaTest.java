package io.gossip.swim;

import static io.gossip.swim.StateWriterTest.changes;
import static io.gossip.swim.StateWriterTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.swim.VersionedState.Applied;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas of a {@link VersionedState}. */
class StateReplicaTest {
  private static final long GRACE = 100;

  private final HeldState replica = new HeldState();

  @Test
  void replicaBecomesWhatItsOwnerIs() {
    HeldState owner = HeldState.own(map("a", "1", "b", "2"));
    assertThat(sync(owner, replica, 1_000)).containsExactly(Applied.CHANGED);
    assertThat(replica.view()).isEqualTo(owner.view());
    assertThat(replica.version()).isEqualTo(2);
    owner.write(0, changes("a", null, "c", "3"));
    assertThat(sync(owner, replica, 1_000)).containsExactly(Applied.CHANGED);
    assertThat(replica.view()).containsExactly(Map.entry("b", "2"), Map.entry("c", "3"));
    assertThat(sync(owner, replica, 1_000)).isEmpty();
  }

  @Test
  void whatDoesNotShowRaisesTheVersionOnly() {
    HeldState owner = HeldState.own(map("a", "1"));
    sync(owner, replica, 1_000);
    Map<String, String> view = replica.view();
    owner.write(0, changes("b", "2"));
    owner.write(0, changes("b", null));
    assertThat(sync(owner, replica, 1_000)).containsExactly(Applied.ADVANCED);
    assertThat(replica.view()).isSameAs(view);
    assertThat(replica.version()).isEqualTo(3);
  }

  @Test
  @DisplayName("T-J 123: a delta may be cut anywhere, and the next one goes on")
  void cutDeltasFollowEachOther() {
    HeldState owner = HeldState.own(map());
    SplittableRandom random = new SplittableRandom(123);
    for (int round = 0; round < 300; round++) {
      scribble(owner, random, round);
      int budget = random.nextInt(200, 1_500);
      Update.State delta = owner.above(1, replica.version(), budget);
      if (delta != null) {
        assertThat(replica.apply(delta)).isNotIn(Applied.GAP, Applied.OLD);
        assertThat(replica.version()).isEqualTo(delta.to());
      }
    }
    sync(owner, replica, 300);
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  @DisplayName("T-J 124: a delta from the future is ignored")
  void gapIsLeftOpen() {
    replica.apply(delta(0, 1, 0, 0, entry("a", 1, "1")));
    assertThat(replica.apply(delta(2, 3, 0, 0, entry("a", 3, "3")))).isEqualTo(Applied.GAP);
    assertThat(replica.version()).isEqualTo(1);
    assertThat(replica.view()).containsExactly(Map.entry("a", "1"));
    assertThat(replica.apply(delta(1, 3, 0, 0, entry("a", 3, "3")))).isEqualTo(Applied.CHANGED);
  }

  @Test
  void entriesKnownAlreadyAreSkipped() {
    replica.apply(delta(0, 2, 0, 0, entry("a", 1, "1"), entry("b", 2, "2")));
    Update.State overlapping = delta(0, 3, 0, 0, entry("a", 1, "changed"), entry("c", 3, "3"));
    assertThat(replica.apply(overlapping)).isEqualTo(Applied.CHANGED);
    assertThat(replica.view())
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
    assertThat(replica.apply(overlapping)).isEqualTo(Applied.OLD);
  }

  @Test
  @DisplayName("T-J 125: a reset becomes visible only when it is complete")
  void halfAResetIsNotSeen() {
    HeldState owner = purgedOwner();
    replica.apply(delta(0, 2, 0, 0, entry("gone", 1, "x"), entry("kept", 2, "old")));
    Map<String, String> before = replica.view();
    List<Update.State> runs = owner.all(1, replica.version(), 300);
    assertThat(runs).hasSizeGreaterThan(2);
    for (Update.State run : runs.subList(0, runs.size() - 1)) {
      assertThat(replica.apply(run)).isEqualTo(Applied.PARTIAL);
      assertThat(replica.view()).isSameAs(before);
      assertThat(replica.version()).isEqualTo(2);
    }
    assertThat(replica.apply(runs.get(runs.size() - 1))).isEqualTo(Applied.CHANGED);
    assertThat(replica.view()).isEqualTo(owner.view()).doesNotContainKey("gone");
    assertThat(replica.version()).isEqualTo(owner.version());
  }

  @Test
  @DisplayName("T-J 125: a run of a reset that got lost is made up for by the next attempt")
  void resetGoesOnWhereItWasInterrupted() {
    HeldState owner = purgedOwner();
    replica.apply(delta(0, 2, 0, 0, entry("gone", 1, "x"), entry("kept", 2, "old")));
    List<Update.State> runs = owner.all(1, replica.version(), 300);
    assertThat(replica.apply(runs.get(0))).isEqualTo(Applied.PARTIAL);
    assertThat(replica.apply(runs.get(2))).isEqualTo(Applied.GAP);
    assertThat(replica.apply(runs.get(0))).isEqualTo(Applied.OLD);
    for (Update.State run : runs) {
      replica.apply(run);
    }
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  @DisplayName("T-J 125: to a member that holds nothing a reset is not half visible either")
  void emptyReplicaSeesNoHalfReset() {
    List<Update.State> runs = purgedOwner().all(1, 0, 300);
    assertThat(replica.apply(runs.get(0))).isEqualTo(Applied.PARTIAL);
    assertThat(replica.view()).isEmpty();
    assertThat(replica.version()).isZero();
  }

  @Test
  void newerResetTakesThePlaceOfTheOneBegun() {
    HeldState owner = purgedOwner();
    List<Update.State> older = owner.all(1, 0, 300);
    owner.write(1_000, changes("late", "news", "kept", null));
    List<Update.State> newer = owner.all(1, 0, 300);
    replica.apply(older.get(0));
    replica.apply(newer.get(0));
    assertThat(replica.apply(older.get(0))).isEqualTo(Applied.OLD);
    assertThat(replica.apply(older.get(1))).isEqualTo(Applied.GAP);
    newer.forEach(replica::apply);
    assertThat(replica.view()).isEqualTo(owner.view());
    older.forEach(run -> assertThat(replica.apply(run)).isEqualTo(Applied.OLD));
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  @DisplayName("T-J 126: who holds the last purged deletion is not reset")
  void purgeUpToWhatIsHeldAsksForNoReset() {
    HeldState owner = HeldState.own(map("a", "1", "b", "2"));
    owner.write(0, changes("a", null));
    sync(owner, replica, 1_000);
    owner.write(0, changes("c", "3"));
    owner.purge(GRACE, GRACE);
    Update.State delta = owner.above(1, replica.version(), 1_000);
    assertThat(delta).isNotNull().isEqualTo(delta(3, 4, 0, 3, entry("c", 4, "3")));
    assertThat(replica.apply(delta)).isEqualTo(Applied.CHANGED);
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  @DisplayName("T-J 126: a reset meant for others applies as a delta where nothing was missed")
  void resetIsReadAsADeltaByWhoHoldsEnough() {
    replica.apply(delta(0, 3, 0, 0, entry("a", 2, "1"), entry("b", 3, null)));
    Update.State run = delta(0, 4, 9, 3, entry("a", 2, "1"), entry("c", 4, "x"));
    assertThat(replica.apply(run)).isEqualTo(Applied.CHANGED);
    assertThat(replica.view()).containsExactly(Map.entry("a", "1"), Map.entry("c", "x"));
    assertThat(replica.version()).isEqualTo(4);
  }

  @Test
  void deltaAcrossAPurgedDeletionIsNotApplied() {
    replica.apply(delta(0, 2, 0, 0, entry("a", 1, "1"), entry("b", 2, "2")));
    assertThat(replica.apply(delta(2, 5, 0, 3, entry("c", 5, "x")))).isEqualTo(Applied.GAP);
    assertThat(replica.view()).containsOnlyKeys("a", "b");
  }

  @Test
  @DisplayName("T-J 127: older state never replaces newer")
  void olderStateIsIgnored() {
    replica.apply(delta(0, 8, 0, 5, entry("a", 7, "new"), entry("b", 8, "new")));
    assertThat(replica.apply(delta(0, 6, 6, 5, entry("a", 6, "old")))).isEqualTo(Applied.OLD);
    assertThat(replica.apply(delta(0, 8, 8, 7, entry("a", 8, "other")))).isEqualTo(Applied.OLD);
    assertThat(replica.apply(delta(0, 3, 0, 0, entry("a", 3, "old")))).isEqualTo(Applied.OLD);
    assertThat(replica.view()).containsExactly(Map.entry("a", "new"), Map.entry("b", "new"));
  }

  @Test
  @DisplayName("T-J 128: what was deleted during a long partition stays deleted after it")
  void deletionSurvivesAPartitionLongerThanItsGrace() {
    HeldState owner = HeldState.own(map("a", "1", "b", "2"));
    HeldState here = new HeldState();
    HeldState beyond = new HeldState();
    sync(owner, here, 1_000);
    sync(owner, beyond, 1_000);
    owner.write(0, changes("a", null));
    sync(owner, here, 1_000);
    owner.write(50, changes("b", "3"));
    owner.purge(GRACE, GRACE);
    sync(owner, here, 1_000);
    assertThat(sync(beyond, here, 1_000)).isEmpty();
    sync(here, beyond, 1_000);
    assertThat(here.view()).isEqualTo(owner.view());
    assertThat(beyond.view()).containsExactly(Map.entry("b", "3"));
    assertThat(beyond.version()).isEqualTo(owner.version());
  }

  @Test
  @DisplayName("T-J 132: what cannot be is ignored")
  void impossibleDeltasChangeNothing() {
    replica.apply(delta(0, 3, 0, 0, entry("a", 1, "1"), entry("b", 3, "2")));
    Map<String, String> view = replica.view();
    List<Update.State> impossible =
        List.of(
            delta(-1, 5, 0, 0, entry("c", 5, "x")),
            delta(5, 4, 0, 0, entry("c", 4, "x")),
            delta(3, 5, 0, 0, entry("c", 4, "x")),
            delta(3, 5, 0, 0, entry("c", 5, "x"), entry("d", 5, "x")),
            delta(3, 5, 0, 0, entry("d", 5, "x"), entry("c", 4, "x")),
            delta(3, 5, 0, 0, entry("c", 4, "x"), entry("c", 5, "y")),
            delta(3, 5, 0, 0, entry("c", 3, "x"), entry("d", 5, "y")),
            delta(3, 5, 0, 0),
            delta(0, 5, 4, 0, entry("c", 5, "x")),
            delta(3, 5, -1, 0, entry("c", 5, "x")),
            delta(3, 5, 0, -1, entry("c", 5, "x")),
            delta(3, 5, 0, 5, entry("c", 5, "x")),
            delta(3, 1L << 56, 0, 0, entry("c", 1L << 56, "x")),
            delta(0, 4, 1L << 56, 4, entry("c", 4, "x")),
            delta(3, 4, 0, 0, entry("", 4, "x")),
            delta(3, 4, 0, 0, entry("c\u0000", 4, "x")),
            delta(3, 4, 0, 0, entry("\uDC00", 4, "x")),
            delta(3, 4, 0, 0, entry("c", 4, "\uDC00")),
            delta(3, 4, 0, 0, entry("c".repeat(129), 4, "x")),
            delta(3, 4, 0, 0, entry("c", 4, "x".repeat(1_025))));
    for (Update.State delta : impossible) {
      assertThat(replica.apply(delta)).as("%s", delta).isEqualTo(Applied.OLD);
    }
    assertThat(replica.version()).isEqualTo(3);
    assertThat(replica.view()).isSameAs(view);
  }

  @Test
  void ownerCannotFillAReplicaWithoutBound() {
    long version = 0;
    Applied last = Applied.CHANGED;
    for (int i = 0; i < 1_000; i++) {
      long from = version;
      Update.State delta = delta(from, from + 1, 0, 0, entry("key" + i, from + 1, "v"));
      last = replica.apply(delta);
      version = replica.version();
    }
    assertThat(last).isEqualTo(Applied.OLD);
    assertThat(replica.view()).hasSizeLessThanOrEqualTo(2 * Limits.STATE_KEYS);
    replica.all(1, 0, 1_000).forEach(run -> assertThat(run.entries()).hasSizeLessThan(65));
  }

  @Test
  void honestOwnerThatReplacesEverythingIsFollowedThroughCutDeltas() {
    HeldState owner = HeldState.own(filled("old"));
    sync(owner, replica, 1_200);
    Map<String, @Nullable String> turnover = new TreeMap<>(filled("new"));
    filled("old").forEach((key, value) -> turnover.put(key, null));
    owner.write(0, turnover);
    sync(owner, replica, 1_200);
    assertThat(replica.view()).isEqualTo(owner.view()).hasSize(8);
  }

  @Test
  void newEntryMayComeBeforeTheChangeThatMadeRoomForIt() {
    HeldState owner = HeldState.own(filled("old"));
    sync(owner, replica, 1_200);
    owner.write(0, changes("old0", ""));
    owner.write(0, changes("new", "v".repeat(1_010)));
    owner.write(0, changes("old0", "small"));
    Update.State cut = owner.above(1, replica.version(), 1_070);
    assertThat(cut).isNotNull();
    assertThat(cut.entries()).hasSize(1);
    assertThat(replica.apply(cut)).isEqualTo(Applied.CHANGED);
    sync(owner, replica, 1_070);
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  void rumorOfEverythingHelpsEvenThoseWhoMissedADeletion() {
    HeldState owner = HeldState.own(map("a", "1", "b", "2"));
    replica.apply(delta(0, 1, 0, 0, entry("a", 1, "1")));
    owner.write(0, changes("a", null));
    owner.write(0, changes("c", "3"));
    owner.purge(GRACE, GRACE);
    Update.State rumor = owner.latest(1, 1_000);
    assertThat(rumor).isNotNull();
    assertThat(replica.apply(rumor)).isEqualTo(Applied.CHANGED);
    assertThat(replica.view()).isEqualTo(owner.view());
  }

  @Test
  void replicasThatTellEachOtherAllBecomeWhatTheOwnerIs() {
    PacketWriter packet = new PacketWriter(1_400);
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HeldState owner = HeldState.own(map());
      List<HeldState> all = new ArrayList<>(List.of(owner));
      for (int i = 0; i < 4; i++) {
        all.add(new HeldState());
      }
      for (int step = 0; step < 500; step++) {
        scribble(owner, random, step);
        owner.purge(step, 20);
        HeldState to = all.get(1 + random.nextInt(4));
        HeldState from = all.get(random.nextInt(5));
        for (Update.State run : from.all(1, to.version(), random.nextInt(200, 1_300))) {
          packet.begin(new Header(1, 0, 7, 7, 0, 0), 1_400);
          assertThat(packet.add(run)).isTrue(); // keeps the rules of the protocol
          if (random.nextInt(4) > 0) {
            Map<String, String> before = to.view();
            long version = to.version();
            Applied applied = to.apply(run);
            assertThat(to.version()).isGreaterThanOrEqualTo(version);
            assertThat(to.view() != before).isEqualTo(applied == Applied.CHANGED);
          }
        }
      }
      for (HeldState each : all.subList(1, 5)) {
        sync(owner, each, 400);
        assertThat(each.view()).isEqualTo(owner.view());
        assertThat(each.version()).isEqualTo(owner.version());
      }
    }
  }

  /** What the peer made of everything it lacked, run by run. */
  private static List<Applied> sync(HeldState from, HeldState to, int maxBytes) {
    List<Applied> outcomes = new ArrayList<>();
    from.all(1, to.version(), maxBytes).forEach(run -> outcomes.add(to.apply(run)));
    return outcomes;
  }

  /** Changes a few of ten keys at random. */
  private static void scribble(HeldState owner, SplittableRandom random, long now) {
    Map<String, @Nullable String> changes = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String value = random.nextInt(3) == 0 ? null : "v".repeat(random.nextInt(100));
      changes.put("key" + random.nextInt(10), value);
    }
    owner.write(now, changes);
  }

  /** An owner that has deleted "gone" long ago and has more than fits into one run of 300 bytes. */
  private static HeldState purgedOwner() {
    HeldState owner = HeldState.own(map("gone", "x", "kept", "old"));
    owner.write(0, changes("gone", null));
    for (int i = 0; i < 10; i++) {
      owner.write(0, changes("key" + i, "v".repeat(80)));
    }
    owner.write(0, changes("kept", "new"));
    owner.purge(GRACE, GRACE);
    return owner;
  }

  private static Map<String, String> filled(String prefix) {
    Map<String, String> full = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      full.put(prefix + i, "v".repeat(1_010));
    }
    return full;
  }

  private static Update.State delta(
      long from, long to, long target, long purged, Update.Entry... entries) {
    return new Update.State(1, from, to, target, purged, Arrays.asList(entries));
  }

  private static Update.Entry entry(String key, long version, @Nullable String value) {
    return new Update.Entry(key, version, value);
  }
}
