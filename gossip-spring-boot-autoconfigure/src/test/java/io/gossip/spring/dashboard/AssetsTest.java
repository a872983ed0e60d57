package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ImportRuntimeHints;

/** What the page is made of. */
class AssetsTest {

  private static final Path FILES =
      Path.of("src", "main", "resources", "io", "gossip", "spring", "dashboard");

  private static final Pattern COLOUR =
      Pattern.compile("--([\\w-]+): light-dark\\(#(\\w{6}), #(\\w{6})\\)");

  private final Assets assets = new Assets();

  @Test
  void everyFileIsServedAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(Assets.PAGE)
          .filteredOn(name -> !name.equals(Assets.PAGE))
          .containsExactlyInAnyOrderElementsOf(Assets.NAMES);
    }
    assertThat(assets.file(Assets.PAGE)).isNull();
    assertThat(assets.file("../Assets.class")).isNull();
  }

  @Test
  void noScriptMakesMarkupOrCodeOfText() {
    for (String name : Assets.NAMES) {
      assertThat(text(name))
          .as(name)
          .doesNotContainPattern(
              "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc"
                  + "|createContextualFragment|setHTMLUnsafe|\\beval\\b|new Function|javascript:");
    }
  }

  @Test
  void nothingComesFromElsewhereAndNothingIsInline() {
    String page = new String(read(Assets.PAGE), StandardCharsets.UTF_8);
    assertThat(page).doesNotContainPattern("(?i)style=|\\son[a-z]+=|https?:|<style|<script>");
    for (String name : Assets.NAMES) {
      List<String> foreign =
          text(name)
              .lines()
              .filter(line -> line.matches(".*(https?:)?//[a-z]+\\.[a-z].*"))
              .toList();
      assertThat(foreign).as(name).allMatch(line -> line.contains("http://www.w3.org/2000/svg"));
    }
  }

  @Test
  void whatIsWrittenStandsOutFromWhatItIsWrittenOnInBothSchemes() {
    Map<String, List<String>> colours =
        COLOUR
            .matcher(text("dashboard.css"))
            .results()
            .collect(Collectors.toMap(c -> c.group(1), c -> List.of(c.group(2), c.group(3))));
    for (String back : List.of("page", "card")) {
      for (String ink : List.of("ink", "quiet", "focus", "alive", "suspect", "dead", "left")) {
        assertReadable(colours, ink, back);
      }
    }
    for (String state : List.of("alive", "suspect", "dead", "left")) {
      for (String ink : List.of("ink", "quiet", state)) {
        assertReadable(colours, ink, state + "-back");
      }
    }
    for (String state : List.of("suspect", "dead")) {
      assertReadable(colours, "card", state);
    }
  }

  private static void assertReadable(Map<String, List<String>> colours, String ink, String back) {
    for (int scheme : new int[] {0, 1}) {
      double one = luminance(Objects.requireNonNull(colours.get(ink)).get(scheme));
      double other = luminance(Objects.requireNonNull(colours.get(back)).get(scheme));
      assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
          .as("contrast of --%s on --%s, %s", ink, back, scheme == 0 ? "light" : "dark")
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  /** Relative luminance of a colour such as ffffff, as WCAG 2.2 defines it. */
  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double share = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
      double linear = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
      sum += weights[i] * linear;
    }
    return sum;
  }

  @Test
  void aNativeImageHoldsThem() {
    RuntimeHints hints = new RuntimeHints();
    for (Class<? extends RuntimeHintsRegistrar> type :
        Objects.requireNonNull(DashboardEndpoint.class.getAnnotation(ImportRuntimeHints.class))
            .value()) {
      BeanUtils.instantiateClass(type).registerHints(hints, getClass().getClassLoader());
    }
    for (String name : Assets.NAMES) {
      assertThat(inImage(name)).as(name).accepts(hints);
    }
    assertThat(inImage(Assets.PAGE)).accepts(hints);
    assertThat(inImage("another.js")).rejects(hints);
  }

  private static Predicate<RuntimeHints> inImage(String name) {
    return RuntimeHintsPredicates.resource().forResource("io/gossip/spring/dashboard/" + name);
  }

  private String text(String name) {
    return new String(Objects.requireNonNull(assets.file(name)), StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(FILES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
