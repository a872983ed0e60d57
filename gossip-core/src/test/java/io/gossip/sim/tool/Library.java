package io.gossip.sim.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenarios that come with the simulator, and those in files. */
final class Library {
  private static final String FOLDER = "/scenarios/";
  private static final String ENDING = ".txt";

  private Library() {}

  /** The names of those that come with it. */
  static List<String> names() throws IOException {
    return read(FOLDER + "index" + ENDING);
  }

  /** The lines of a scenario: a file's if there is one of that name. */
  static List<String> lines(String name) throws IOException {
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
    if (!names().contains(name)) {
      throw new ScenarioException(
          name + " is neither a file nor one of " + String.join(", ", names()));
    }
    return read(FOLDER + name + ENDING);
  }

  /** A scenario's name without folders and ending. */
  static String plain(String name) {
    String last = Path.of(name).getFileName().toString();
    return last.endsWith(ENDING) ? last.substring(0, last.length() - ENDING.length()) : last;
  }

  private static List<String> read(String resource) throws IOException {
    try (InputStream stream = Library.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("there is no " + resource + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
