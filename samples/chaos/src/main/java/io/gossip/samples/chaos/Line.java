package io.gossip.samples.chaos;

import java.time.Instant;
import java.util.List;

/**
 * What a process of ours tells the one that started it: lines of words, the first of which says
 * what kind it is. Times are microseconds since 1970, as all are on one machine.
 */
final class Line {

  /** {@code ready TIME}: the instance accepts traffic. */
  static final String READY = "#ready";

  /** {@code rotation TIME ID…}: who would be called now. */
  static final String ROTATION = "#rotation";

  /** {@code call DUE TOOK ID}: an answer, and from whom. */
  static final String CALL = "#call";

  /** {@code failed DUE TOOK WHY}: none. */
  static final String FAILED = "#failed";

  private Line() {}

  static void say(String kind, Object... words) {
    StringBuilder line = new StringBuilder(kind);
    for (Object word : words) {
      line.append(' ').append(word);
    }
    System.out.println(line);
  }

  static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
