package io.gossip.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page on configuration, against the metadata that editors show. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "CONFIGURATION.md");

  @Test
  void everyPropertyIsOnThePageAsEditorsShowIt() throws IOException {
    String page = Files.readString(PAGE);
    List<JsonNode> properties = properties();
    assertThat(properties).hasSizeGreaterThan(80);
    for (JsonNode property : properties) {
      assertThat(page)
          .contains("| `" + property.path("name").asString() + "` |")
          .contains("| " + property.path("description").asString() + " |");
    }
  }

  @Test
  void thePageNamesNoPropertyThatDoesNotExist() throws IOException {
    List<String> known = properties().stream().map(p -> p.path("name").asString()).toList();
    String page = Files.readString(PAGE);
    String tables = page.substring(page.indexOf("## Properties"), page.indexOf("## What each"));
    List<String> named =
        tables
            .lines()
            .filter(line -> line.startsWith("| `gossip."))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(known);
  }

  private static List<JsonNode> properties() throws IOException {
    try (InputStream in =
        ConfigurationPageTest.class
            .getClassLoader()
            .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
      JsonNode all =
          JsonMapper.shared()
              .readTree(Objects.requireNonNull(in).readAllBytes())
              .path("properties");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(property -> property.path("name").asString().startsWith("gossip."))
          .toList();
    }
  }
}
