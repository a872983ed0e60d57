package io.gossip.spring.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Member;
import io.gossip.spring.service.Members;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final Key OLD = Key.random(RANDOM);
  private static final Key NEW = Key.random(RANDOM);
  private static final Duration RETIRE_AFTER = Duration.ofMinutes(10);
  private static final Keyring RING = Keyring.of(OLD);
  private static final Keyring CHANGED = Keyring.of(NEW);

  private final KeyRotation rotation = new KeyRotation(RING, RETIRE_AFTER);
  private long now = Long.MAX_VALUE - 1_000; // it may run over

  @Test
  void withoutAChangeNothingIsDone() {
    KeyRotation.Stage stage = rotation.advance(RING, List.of(holding("b", OLD)), now);
    assertThat(stage.done()).isTrue();
    assertThat(stage.ring()).isEqualTo(RING);
  }

  @Test
  void aNewKeyIsHeldAtOnceAndSealedUnderWhenAllHoldIt() {
    rotation.want(CHANGED);
    KeyRotation.Stage first =
        rotation.advance(RING, List.of(holding("b", OLD), holding("c", OLD, NEW)), now);
    assertThat(first.ring()).isEqualTo(Keyring.of(OLD, NEW));
    assertThat(first.done()).isFalse();
    assertThat(first.waitingFor()).containsExactly("b");
    assertThat(first.reason()).contains(NEW.idText());

    KeyRotation.Stage second =
        rotation.advance(
            first.ring(), List.of(holding("b", OLD, NEW), holding("c", NEW, OLD)), now);
    assertThat(second.ring()).isEqualTo(Keyring.of(NEW, OLD));
    assertThat(second.done()).isFalse();
  }

  @Test
  void aFormerKeyGoesWhenNobodyHasSealedUnderItForTheTime() {
    rotation.want(CHANGED);
    Keyring ring = Keyring.of(NEW, OLD);
    List<Member> users = List.of(holding("b", OLD, NEW));
    assertThat(rotation.advance(ring, users, now).waitingFor()).containsExactly("b");
    now += RETIRE_AFTER.toNanos();
    List<Member> changed = List.of(holding("b", NEW, OLD));
    assertThat(rotation.advance(ring, changed, now).ring()).isEqualTo(ring);
    now += RETIRE_AFTER.toNanos() - 1;
    assertThat(rotation.advance(ring, changed, now).ring()).isEqualTo(ring);
    assertThat(rotation.advance(ring, users, now).ring()).as("used once more").isEqualTo(ring);
    now += 1;
    assertThat(rotation.advance(ring, changed, now).ring()).isEqualTo(ring);
    now += RETIRE_AFTER.toNanos();
    KeyRotation.Stage last = rotation.advance(ring, changed, now);
    assertThat(last.ring()).isEqualTo(CHANGED);
    assertThat(last.done()).isTrue();
  }

  @Test
  void aMemberThatSaysNothingIsWaitedFor() {
    rotation.want(CHANGED);
    Member silent = Members.member("b", Map.of());
    Member liar = Members.member("c", Map.of(MemberKeys.STATE_KEY, "<script>"));
    assertThat(rotation.advance(RING, List.of(silent, liar), now).waitingFor())
        .containsExactly("b", "c");
  }

  @Test
  void aChangeThatIsTakenBackLeavesTheOldKey() {
    rotation.want(CHANGED);
    Keyring both = rotation.advance(RING, List.of(holding("b", OLD)), now).ring();
    rotation.want(RING);
    assertThat(rotation.advance(both, List.of(holding("b", OLD)), now).ring()).isEqualTo(both);
    now += RETIRE_AFTER.toNanos();
    assertThat(rotation.advance(both, List.of(holding("b", OLD)), now).ring()).isEqualTo(RING);
  }

  @Test
  void aFullRingWaitsForRoom() {
    Keyring full = RING.with(key()).with(key()).with(key());
    rotation.want(full);
    rotation.want(CHANGED);
    KeyRotation.Stage stage = rotation.advance(full, List.of(), now);
    assertThat(stage.ring()).isEqualTo(full);
    assertThat(stage.reason()).contains("room");
    now += RETIRE_AFTER.toNanos();
    assertThat(rotation.advance(full, List.of(), now).ring().primary()).isEqualTo(NEW);
  }

  @Test
  void aloneItChangesAtOnce() {
    rotation.want(CHANGED);
    assertThat(rotation.advance(RING, List.of(), now).ring()).isEqualTo(Keyring.of(NEW, OLD));
  }

  private static Key key() {
    return Key.random(RANDOM);
  }

  private static Member holding(String id, Key... keys) {
    List<Key> list = List.of(keys);
    return Members.member(id, Map.of(MemberKeys.STATE_KEY, MemberKeys.text(Keyring.of(list))));
  }
}
