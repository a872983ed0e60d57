package io.gossip.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A mistake somebody could make in the engine, as a change of one of its sources.
 *
 * @param name what the engine then does
 * @param file below {@code io/gossip}
 * @param old text that is in the file once
 * @param planted what comes in its place
 */
record PlantedBug(String name, String file, String old, String planted) {
  private static final String RESOURCE = "/planted-bugs.txt";
  private static final String HEADING = "== ";

  /** All there are. */
  static List<PlantedBug> all() throws IOException {
    try (InputStream text = PlantedBug.class.getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static List<PlantedBug> parse(List<String> lines) {
    List<PlantedBug> bugs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(HEADING)) {
        int end = i + 2;
        while (end < lines.size() && !lines.get(end).startsWith(HEADING)) {
          end++;
        }
        List<String> change = lines.subList(i + 2, end);
        bugs.add(
            new PlantedBug(
                lines.get(i).substring(HEADING.length()),
                lines.get(i + 1),
                text(change, '-'),
                text(change, '+')));
      }
    }
    return bugs;
  }

  private static String text(List<String> change, char sign) {
    List<String> text = new ArrayList<>();
    for (String line : change) {
      if (!line.isEmpty() && line.charAt(0) == sign) {
        text.add(line.substring(1));
      }
    }
    return String.join("\n", text);
  }

  /** How often its old text is in a source. */
  int occurrences(String source) {
    int count = 0;
    for (int at = source.indexOf(old); at >= 0; at = source.indexOf(old, at + 1)) {
      count++;
    }
    return count;
  }

  /** The source with the bug in it. */
  String plantIn(String source) {
    return source.replace(old, planted);
  }
}
