package io.gossip.samples.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J", // clears the screen
        "\u001b]0;title\u0007", // sets the title of the window
        "\u009b31m", // the same without ESC
        "a\rb",
        "a\nb",
        "a\bb",
        "\u202eabc", // turns the direction of writing
        "\u200b", // takes no room
        "\u2028",
        "\ue000",
        "\ud800", // half a pair
        "\u007f"
      })
  void whatMovesTheCursorOrHidesIsAQuestionMark(String evil) {
    String printable = Printable.of(evil);
    assertThat(printable).contains("?");
    assertThat(printable.codePoints())
        .allSatisfy(
            point -> {
              assertThat(Character.isISOControl(point)).isFalse();
              assertThat(Character.getType(point))
                  .isNotIn(
                      (int) Character.FORMAT,
                      (int) Character.SURROGATE,
                      (int) Character.PRIVATE_USE,
                      (int) Character.LINE_SEPARATOR);
            });
  }

  @Test
  void plainTextIsLeftAlone() {
    assertThat(Printable.of("stock-1 at 10.0.0.1:7946 {k=v} ü é 東京 😀"))
        .isEqualTo("stock-1 at 10.0.0.1:7946 {k=v} ü é 東京 😀");
  }

  @Test
  void marksDoNotGrowOverOtherLines() {
    assertThat(Printable.of("e\u0301")).isEqualTo("é");
    assertThat(Printable.of("a" + "\u0335".repeat(3))).isEqualTo("a???");
  }

  @Test
  void itFitsItsColumns() {
    assertThat(Printable.fit("stock", 8)).isEqualTo("stock   ");
    assertThat(Printable.fit("stock-service", 8)).isEqualTo("stock-s…");
    assertThat(Printable.fit("東京大阪", 8)).isEqualTo("東京大阪");
    assertThat(Printable.fit("東京大阪", 6)).isEqualTo("東京… ");
    assertThat(Printable.fit("x", 0)).isEmpty();
    assertThat(Printable.fit("xy", 1)).isEqualTo("…");
  }
}
