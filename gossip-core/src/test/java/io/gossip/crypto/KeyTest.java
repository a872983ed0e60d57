package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

  private static final String TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void keysOfThreeLengthsAreRead(int length) {
    byte[] secret = new byte[length];

    assertThat(Key.ofBase64(Base64.getEncoder().encodeToString(secret))).isEqualTo(Key.of(secret));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 31, 33, 64})
  void otherLengthIsNamedWithTheRule(int length) {
    String text = Base64.getEncoder().encodeToString(new byte[length]);

    assertThatThrownBy(() -> Key.ofBase64(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16, 24 or 32 bytes")
        .hasMessageContaining(text.length() + " characters found are of " + length + " bytes");
    assertThatThrownBy(() -> Key.of(new byte[length]))
        .hasMessage("a key must be of 16, 24 or 32 bytes, but was of " + length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Without padding, of another alphabet, with a blank, with a line end, with stray bits.
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh-=",
        " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
        "not a key at all"
      })
  void whatIsNotStrictlyBase64IsRefusedWithoutBeingQuoted(String text) {
    Throwable refusal = catchThrowable(() -> Key.ofBase64(text));

    assertThat(refusal)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("standard alphabet")
        .hasMessageContaining(text.length() + " characters")
        .hasNoCause();
    assertThat(refusal.getMessage()).doesNotContain(text.strip()).doesNotContain("AAEC");
  }

  @Test
  void idIsAKeyedHashAndIsWrittenInEightDigits() {
    Key key = Key.ofBase64(TEXT);

    assertThat(key.id()).isEqualTo(0x9b3af21f);
    assertThat(key.idText()).isEqualTo("9b3af21f");
    assertThat(Key.idText(1)).isEqualTo("00000001");
  }

  @Test
  void textOfAKeyIsItsIdAndNothingElse() {
    assertThat(Key.ofBase64(TEXT)).hasToString("key 9b3af21f");
  }

  @Test
  void keysAreEqualIfTheirSecretsAre() {
    Key key = Key.ofBase64(TEXT);

    assertThat(key).isEqualTo(Key.ofBase64(TEXT)).hasSameHashCodeAs(Key.ofBase64(TEXT));
    assertThat(key).isNotEqualTo(Key.of(new byte[32])).isNotEqualTo(TEXT);
  }

  @Test
  void keyDoesNotChangeWithTheBytesItWasMadeOf() {
    byte[] secret = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    Key key = Key.of(secret);

    secret[0] = 99;

    assertThat(key.secret()[0]).isZero();
  }

  @Test
  void randomKeysDiffer() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(Key.random(random)).isNotEqualTo(Key.random(random));
    assertThat(Key.random(random).secret()).hasSize(32);
  }
}
