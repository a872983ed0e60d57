package io.gossip.sim.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run's series and charts go. */
final class Folder {
  private final Path folder;

  /** A folder, made if it is not there. */
  Folder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Writes all there is of a run. */
  void write(Run run) throws IOException {
    String title = run.world().scenario().title();
    for (Series series : run.series()) {
      write(series);
      if (!series.rows().isEmpty()) {
        Charts.of(title, series, upwards(series)).write(folder, series.name());
      }
    }
  }

  /** Writes a series. */
  void write(Series series) throws IOException {
    Path file = folder.resolve(series.name() + ".csv");
    Files.writeString(file, series.csv(), StandardCharsets.UTF_8);
  }

  /** Writes a chart. */
  void write(String name, Charts chart) throws IOException {
    chart.write(folder, name);
  }

  /** Writes text as it is. */
  void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static String upwards(Series series) {
    return switch (series.name()) {
      case "traffic" -> "bytes per second and node";
      case "deaths" -> "deaths declared so far";
      case "spread" -> "% of the nodes know the slowest update";
      case "divergence" -> "% of views; entries";
      default -> "";
    };
  }
}
