package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static Words words(String text) {
    return new Words("test:1", text);
  }

  private static void refuses(String text, Consumer<Words> read, String reason) {
    assertThatThrownBy(() -> read.accept(words(text)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContainingAll("test:1", "word 1", reason);
  }

  @Test
  void quantitiesHaveUnits() {
    assertThat(words("200ms").duration()).isEqualTo(Duration.ofMillis(200));
    assertThat(words("1.5s").duration()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(words("-1h").duration()).isEqualTo(Duration.ofHours(-1));
    assertThat(words("100us").length()).isEqualTo(Duration.ofNanos(100_000));
    assertThat(words("0.1%").share()).isEqualTo(0.001);
    assertThat(words("50KB").bytes()).isEqualTo(50_000);
    assertThat(words("1.5MB").bytes()).isEqualTo(1_500_000);
    assertThat(words("12").count(1)).isEqualTo(12);
    assertThat(words("-7").number()).isEqualTo(-7);
    assertThat(words("2.5").decimal()).isEqualTo(2.5);
  }

  @Test
  void quantitiesWithoutTheRightUnitAreRefused() {
    refuses("10", Words::duration, "a duration");
    refuses("-1s", Words::length, "0 or more");
    refuses("10s", Words::share, "0% to 100%");
    refuses("101%", Words::share, "0% to 100%");
    refuses("50", Words::bytes, "50KB");
    refuses("0", words -> words.count(1), "at least 1");
    refuses("1.5", words -> words.count(1), "at least 1");
    refuses("1s", Words::number, "whole number");
    refuses("-1", Words::decimal, "0 or more");
  }

  @Test
  void commentsAreNoWords() {
    Words words = words("  run 1m # for a while");
    assertThat(words.word("")).isEqualTo("run");
    assertThat(words.length()).isEqualTo(Duration.ofMinutes(1));
    words.end();
    assertThat(words("# nothing").isEmpty()).isTrue();
  }
}
