package io.gossip.spring.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
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
