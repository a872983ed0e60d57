package io.gossip.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "shop-k3v9x2aq", "größe", "語", "😀", "a😀b😀"})
  void anyTextWithoutBlanksIsAName(String name) {
    assertThat(NodeId.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u001b[1m", "a\u0085"})
  void whatWouldSpoilALogIsNone(String name) {
    assertThat(NodeId.isValid(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uD83Db", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
  void halfASurrogatePairIsNoneAsItCannotBeSent(String name) {
    assertThat(NodeId.isValid(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128, 129, 200})
  void nameHasAtMost128Bytes(int length) {
    assertThat(NodeId.isValid("a".repeat(length))).isEqualTo(length <= 128);
    assertThat(NodeId.isValid("ß".repeat(length))).isEqualTo(length <= 64);
  }
}
