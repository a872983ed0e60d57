package io.gossip.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantedBugTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "gossip");

  @Test
  void thereAreAtLeastTwentyFiveOfDifferentNames() throws IOException {
    List<String> names = PlantedBug.all().stream().map(PlantedBug::name).toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(25).doesNotHaveDuplicates();
  }

  @Test
  void everyBugCanStillBePlanted() throws IOException {
    for (PlantedBug bug : PlantedBug.all()) {
      String source = Files.readString(SOURCES.resolve(bug.file()));
      assertThat(bug.occurrences(source))
          .as("'%s': its old text in %s; the source has changed", bug.name(), bug.file())
          .isEqualTo(1);
      assertThat(bug.plantIn(source)).isNotEqualTo(source);
    }
  }
}
