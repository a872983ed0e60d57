package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the owner of a state writes; replicas are in {@link StateReplicaTest}. */
class StateWriterTest {
  private static final long GRACE = 100;

  @Test
  void initialEntriesHaveVersionsInTheOrderOfTheirKeys() {
    HeldState state = HeldState.own(map("b", "2", "a", "1"));
    assertThat(state.version()).isEqualTo(2);
    assertThat(state.view()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(runOf(state, 0).entries())
        .containsExactly(new Update.Entry("a", 1, "1"), new Update.Entry("b", 2, "2"));
  }

  @Test
  void emptyStateHasVersionZeroAndNothingToTell() {
    HeldState state = HeldState.own(map());
    assertThat(state.version()).isZero();
    assertThat(state.view()).isEmpty();
    assertThat(state.above(1, 0, 1_000)).isNull();
    assertThat(state.above(1, -1, 1_000)).isNull();
    assertThat(state.all(1, -1, 1_000)).isEmpty();
    assertThat(state.latest(1, 1_000)).isNull();
  }

  @Test
  @DisplayName("T-J 121: setting the same value is no change")
  void sameValueIsNoChange() {
    HeldState state = HeldState.own(map("a", "1"));
    Map<String, String> view = state.view();
    assertThat(state.write(0, changes("a", "1", "unknown", null))).isFalse();
    assertThat(state.version()).isEqualTo(1);
    assertThat(state.view()).isSameAs(view);
  }

  @Test
  void everyChangeHasAVersionOfItsOwn() {
    HeldState state = HeldState.own(map("a", "1", "b", "2"));
    assertThat(state.write(0, changes("c", "3", "b", null, "a", "9"))).isTrue();
    assertThat(state.version()).isEqualTo(5);
    assertThat(state.view()).containsExactly(Map.entry("a", "9"), Map.entry("c", "3"));
    assertThat(runOf(state, 2).entries())
        .containsExactly(
            new Update.Entry("b", 3, null),
            new Update.Entry("a", 4, "9"),
            new Update.Entry("c", 5, "3"));
  }

  @Test
  void viewCannotBeWrittenTo() {
    HeldState state = HeldState.own(map("a", "1"));
    assertThatThrownBy(() -> state.view().put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new HeldState().view().put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void writtenViewIsASnapshot() {
    HeldState state = HeldState.own(map("a", "1"));
    Map<String, String> before = state.view();
    state.write(0, changes("a", "2"));
    assertThat(before).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void limitsAreNamedAndNothingChanges() {
    HeldState state = HeldState.own(map("a", "1"));
    assertRefused(state, "k".repeat(129), "1", "state key 'kkk", "129 bytes", "limit is 128");
    assertRefused(state, "ü".repeat(65), "1", "130 bytes", "limit is 128");
    assertRefused(state, "big", "v".repeat(1_025), "'big'", "1025 bytes", "limit is 1024");
    assertRefused(state, "", "1", "key must not be empty");
    assertRefused(state, "a\nb", "1", "'a?b'", "control character at index 1");
    assertRefused(state, "half", "\uD800", "'half'", "half a surrogate pair");
  }

  @Test
  void largestEntryIsAllowed() {
    HeldState state = HeldState.own(map("k".repeat(128), "v".repeat(1_024)));
    int smallestPacket = Limits.MIN_DATAGRAM_BYTES - PacketWriter.OVERHEAD;
    assertThat(state.all(1, 0, smallestPacket)).hasSize(1);
    assertThat(state.latest(1, smallestPacket)).isNotNull();
  }

  @Test
  void tooManyKeysAreRefused() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("key" + i, "");
    }
    assertThatThrownBy(() -> StateLimits.check(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65 keys")
        .hasMessageContaining("64");
    assertThatThrownBy(() -> HeldState.own(many)).isInstanceOf(IllegalArgumentException.class);
    many.remove("key0");
    StateLimits.check(many);
    assertThat(HeldState.own(many).version()).isEqualTo(64);
  }

  @Test
  void tooManyBytesAreRefused() {
    Map<String, String> large = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      large.put("key" + i, "v".repeat(1_020));
    }
    HeldState state = HeldState.own(large);
    assertThatThrownBy(() -> state.write(0, changes("a", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8193 bytes")
        .hasMessageContaining("8192");
    assertThat(state.version()).isEqualTo(8);
    assertThat(state.view()).isEqualTo(large);
  }

  @Test
  void deletionsAreKeptForTheirGraceAndThenPurged() {
    HeldState state = HeldState.own(map("a", "1", "b", "2"));
    state.write(10, changes("a", null));
    state.write(50, changes("c", "3"));
    state.purge(10 + GRACE - 1, GRACE);
    assertThat(runOf(state, 0).purged()).isZero();
    assertThat(runOf(state, 2).entries())
        .containsExactly(new Update.Entry("a", 3, null), new Update.Entry("c", 4, "3"));
    Map<String, String> view = state.view();
    state.purge(10 + GRACE, GRACE);
    assertThat(state.view()).isSameAs(view);
    assertThat(state.version()).isEqualTo(4);
    assertThat(runOf(state, 3))
        .isEqualTo(new Update.State(1, 3, 4, 0, 3, List.of(new Update.Entry("c", 4, "3"))));
  }

  @Test
  void newestDeletionIsKeptUntilSomethingFollows() {
    HeldState state = HeldState.own(map("a", "1"));
    state.write(0, changes("a", null));
    state.purge(GRACE, GRACE);
    assertThat(runOf(state, 0).entries()).containsExactly(new Update.Entry("a", 2, null));
    state.write(GRACE, changes("b", "1"));
    state.purge(GRACE, GRACE);
    assertThat(runOf(state, 0).entries()).containsExactly(new Update.Entry("b", 3, "1"));
    assertThat(runOf(state, 0).purged()).isEqualTo(2);
  }

  @Test
  void deletionsMakeRoomBeforeTheirGraceWhereTheyAloneFillTheState() {
    HeldState state = HeldState.own(map());
    for (int i = 0; i < 1_000; i++) {
      state.write(i, changes("key" + i, "v"));
      state.write(i, changes("key" + i, null));
    }
    assertThat(state.view()).isEmpty();
    assertThat(state.version()).isEqualTo(2_000);
    Update.State run = runOf(state, 0);
    assertThat(run.entries()).hasSize(64);
    assertThat(run.purged()).isEqualTo(2_000 - 64 * 2);
    state.write(0, changes("key1", "again"));
    assertThat(state.view()).containsExactly(Map.entry("key1", "again"));
  }

  @Test
  void fullStateCanTradeOneKeyForAnother() {
    Map<String, String> full = new TreeMap<>();
    for (int i = 10; i < 74; i++) {
      full.put("key" + i, "");
    }
    HeldState state = HeldState.own(full);
    assertThat(state.write(0, changes("key10", null, "a", "new"))).isTrue();
    assertThat(state.view()).hasSize(64).containsEntry("a", "new");
    assertThat(runOf(state, 65).entries()).containsExactly(new Update.Entry("a", 66, "new"));
    assertThat(runOf(state, 65).purged()).isEqualTo(65);
  }

  @Test
  @DisplayName("T-J 123: runs are cut in the order of versions and follow each other")
  void runsFollowEachOther() {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 10; i < 40; i++) {
      entries.put("key" + i, "v".repeat(i));
    }
    HeldState state = HeldState.own(entries);
    List<Update.State> runs = state.all(1, 5, 300);
    assertThat(runs).hasSizeGreaterThan(3);
    long reached = 5;
    for (Update.State run : runs) {
      assertThat(run.from()).isEqualTo(reached);
      assertThat(run.target()).isZero();
      assertThat(run.entries()).isNotEmpty();
      assertThat(state.above(1, reached, 300)).isEqualTo(run);
      reached = run.to();
    }
    assertThat(reached).isEqualTo(30);
    assertThat(state.above(1, 30, 300)).isNull();
    assertThat(state.above(1, 31, 300)).isNull();
  }

  @Test
  @DisplayName("T-G 95: no run exceeds the bytes it was given")
  void runsKeepWithinTheirBudget() {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 10; i < 60; i++) {
      entries.put("key" + i, "ü".repeat(i));
    }
    HeldState state = HeldState.own(entries);
    for (int budget = 200; budget < 1_400; budget += 7) {
      int bytes = budget;
      assertThat(state.all(1, 0, budget))
          .allMatch(run -> PacketWriter.sizeOf(run) <= bytes)
          .allMatch(run -> run.to() == 50 || PacketWriter.sizeOf(run) > bytes - 160);
      Update.State latest = state.latest(1, budget);
      assertThat(latest).isNotNull();
      assertThat(PacketWriter.sizeOf(latest)).isBetween(budget - 160, budget);
    }
  }

  @Test
  void whatDoesNotFitAloneIsToldInARunOfItsOwnSizeInsteadOfForgotten() {
    HeldState state = HeldState.own(map("a", "v".repeat(500)));
    assertThat(state.above(1, 0, 400)).isNull();
    assertThat(state.latest(1, 400)).isNull();
    assertThat(state.all(1, 0, 400)).singleElement().extracting(Update.State::to).isEqualTo(1L);
  }

  @Test
  @DisplayName("T-J 125: who may have missed a purged deletion is sent everything afresh")
  void laggingPeerIsSentAReset() {
    HeldState state = HeldState.own(map("a", "1", "b", "2", "c", "3"));
    state.write(0, changes("a", null));
    state.write(0, changes("d", "4"));
    state.purge(GRACE, GRACE);
    assertThat(state.above(1, 4, 1_000)).extracting(Update.State::target).isEqualTo(0L);
    Update.State reset = state.above(1, 3, 1_000);
    assertThat(reset)
        .isEqualTo(
            new Update.State(
                1,
                0,
                5,
                5,
                4,
                List.of(
                    new Update.Entry("b", 2, "2"),
                    new Update.Entry("c", 3, "3"),
                    new Update.Entry("d", 5, "4"))));
  }

  @Test
  void latestTakesTheNewestAndAsManyBeforeThemAsFit() {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 10; i < 40; i++) {
      entries.put("key" + i, "v".repeat(50));
    }
    HeldState state = HeldState.own(entries);
    Update.State latest = state.latest(1, 400);
    assertThat(latest).isNotNull();
    assertThat(latest.to()).isEqualTo(30);
    assertThat(latest.from()).isEqualTo(30 - latest.entries().size());
    assertThat(latest.entries()).hasSizeBetween(3, 6);
    Update.State all = state.latest(1, 10_000);
    assertThat(all).isNotNull();
    assertThat(all.from()).isZero();
    assertThat(all.entries()).hasSize(30);
  }

  static Map<String, String> map(String... keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    changes(keysAndValues).forEach((key, value) -> map.put(key, String.valueOf(value)));
    return map;
  }

  static Map<String, @Nullable String> changes(@Nullable String... keysAndValues) {
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  private static Update.State runOf(HeldState state, long held) {
    Update.State run = state.above(1, held, 100_000);
    assertThat(run).isNotNull();
    return run;
  }

  private static void assertRefused(HeldState state, String key, String value, String... parts) {
    long version = state.version();
    Map<String, String> view = state.view();
    assertThatThrownBy(() -> state.write(0, changes("other", "1", key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(parts);
    assertThatThrownBy(() -> StateLimits.check(Collections.singletonMap(key, value)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(state.version()).isEqualTo(version);
    assertThat(state.view()).isSameAs(view);
  }
}
