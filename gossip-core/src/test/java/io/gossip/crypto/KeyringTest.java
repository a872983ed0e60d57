package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyringTest {

  private final SplittableRandom random = new SplittableRandom(1);
  private final Key first = Key.random(random);
  private final Key second = Key.random(random);
  private final Key third = Key.random(random);
  private final Key fourth = Key.random(random);

  @Test
  void addedKeyIsTheLastAndThePrimaryStays() {
    Keyring ring = Keyring.of(first, second).with(third);

    assertThat(ring.primary()).isEqualTo(first);
    assertThat(ring.keys()).containsExactly(first, second, third);
    assertThat(ring.ids()).containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void promotedKeyIsTheFirstAndTheOthersKeepTheirOrder() {
    Keyring ring = Keyring.of(first, second, third).promote(third.id());

    assertThat(ring.keys()).containsExactly(third, first, second);
  }

  @Test
  void removedKeyIsNotFoundAnyMore() {
    Keyring ring = Keyring.of(first, second, third).remove(second.id());

    assertThat(ring.keys()).containsExactly(first, third);
    assertThat(ring.find(second.id())).isNull();
    assertThat(ring.find(third.id())).isEqualTo(third);
  }

  @Test
  void eachStepMayBeRepeated() {
    Keyring ring = Keyring.of(first, second);

    assertThat(ring.with(second)).isSameAs(ring);
    assertThat(ring.promote(first.id())).isSameAs(ring);
    assertThat(ring.remove(third.id())).isSameAs(ring);
  }

  @Test
  void ringItselfNeverChanges() {
    Keyring ring = Keyring.of(first, second);

    ring.with(third);
    ring.promote(second.id());
    ring.remove(second.id());

    assertThat(ring).isEqualTo(Keyring.of(List.of(first, second)));
    assertThatThrownBy(() -> ring.keys().clear()).isInstanceOf(RuntimeException.class);
  }

  @Test
  @DisplayName("T-H 113: the primary cannot be removed")
  void primaryCannotBeRemoved() {
    assertThatThrownBy(() -> Keyring.of(first, second).remove(first.id()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the primary cannot be removed, but %s is it: promote another key first, on every"
                + " member",
            first.idText());
  }

  @Test
  void fifthKeyIsRefused() {
    Keyring full = Keyring.of(first, second, third, fourth);

    assertThatThrownBy(() -> full.with(Key.random(random)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 4 keys");
  }

  @Test
  void twoKeysWithOneIdAreRefused() {
    assertThatThrownBy(() -> Keyring.of(first, second, first))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the ids of a ring's keys must differ, but two were " + first.idText());
  }

  @Test
  void keyThatIsNotThereCannotBePromoted() {
    assertThatThrownBy(() -> Keyring.of(first).promote(second.id()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(second.idText() + " is not in ring [" + first.idText() + "]");
  }

  @Test
  void ringWithoutKeysIsNone() {
    assertThatThrownBy(() -> Keyring.of(List.of()))
        .hasMessage("a ring must have a key, the primary");
  }

  @Test
  void textOfARingIsItsIdsAndNothingElse() {
    assertThat(Keyring.of(first, second))
        .hasToString("ring [" + first.idText() + ", " + second.idText() + "]");
  }
}
