package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {

  @Test
  void scaleEndsAtAPlainNumber() {
    assertThat(Charts.top(0)).isEqualTo(1);
    assertThat(Charts.top(0.5)).isEqualTo(0.5);
    assertThat(Charts.top(26)).isEqualTo(30);
    assertThat(Charts.top(100)).isEqualTo(100);
    assertThat(Charts.top(9_104)).isEqualTo(10_000);
  }

  @Test
  void seriesBecomesTwoFiles(@TempDir Path folder) throws IOException {
    Series series = new Series("numbers", "seconds", "one", "other");
    series.add(1, 10, Double.NaN);
    series.add(2, 20, Double.NaN);
    Charts.of("Numbers", series, "").write(folder, "numbers");
    assertThat(Files.readString(folder.resolve("numbers.svg"))).contains("<svg");
    assertThat(folder.resolve("numbers.png")).isNotEmptyFile();
    assertThat(series.csv()).isEqualTo("seconds,one,other\n1,10,\n2,20,\n");
  }
}
