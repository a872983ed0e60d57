package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {

  @ParameterizedTest
  @CsvSource({
    "host, host:7946",
    "host:1, host:1",
    "'  host:1 ', host:1",
    "10.0.0.1:80, 10.0.0.1:80",
    "[::1], [::1]:7946",
    "[fe80::1%eth0]:65535, [fe80::1%eth0]:65535",
    "fd00::7, [fd00::7]:7946",
  })
  void seedIsReadAndItsTextReadAgain(String text, String seed) {
    assertThat(Seed.parse(text, 7946)).hasToString(seed);
    assertThat(Seed.parse(seed, 1)).isEqualTo(Seed.parse(text, 7946));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":1",
        "[]",
        "host:",
        "host:0",
        "host:65536",
        "host:a",
        "[::1]1",
        "[::1",
        "a]:b:c",
        "a b",
        "[ a]",
        "[\u0000a]",
        "a\u001b[1m"
      })
  void textThatNamesNoHostAndPortIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Seed.parse(text, 7946));
  }
}
