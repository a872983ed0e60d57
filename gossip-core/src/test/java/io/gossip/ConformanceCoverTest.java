package io.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the lines of docs/CONFORMANCE.md against the tests that name them. */
class ConformanceCoverTest {
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Path LINES = Path.of("..", "docs", "CONFORMANCE.md");
  private static final int LAST = 135;
  private static final Pattern LINE = Pattern.compile("^\\| (\\d+) \\| ([^|]+)\\|([^|]*)\\|$");
  private static final Pattern NAMED = Pattern.compile("T-[A-K] (\\d+(?:, \\d+)*)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Map<Integer, String> reasons = new TreeMap<>();
  private static final Map<Integer, Set<String>> tests = new TreeMap<>();

  static {
    try {
      readLines();
      readTests();
    } catch (IOException e) {
      throw new IllegalStateException("docs/CONFORMANCE.md or a test cannot be read", e);
    }
  }

  /** By number, why a line has no test; empty where it must have one. */
  private static void readLines() throws IOException {
    for (String line : Files.readAllLines(LINES)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        String before = reasons.put(Integer.parseInt(matcher.group(1)), matcher.group(3).strip());
        assertThat(before).as("listed twice: %s", line).isNull();
      }
    }
  }

  /** By number, the test classes that name a line. */
  private static void readTests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        Matcher named = NAMED.matcher(Files.readString(file));
        while (named.find()) {
          Matcher number = NUMBER.matcher(named.group(1));
          while (number.find()) {
            int line = Integer.parseInt(number.group());
            tests.computeIfAbsent(line, key -> new TreeSet<>()).add(file.getFileName().toString());
          }
        }
      }
    }
  }

  @Test
  void everyLineIsListedOnce() {
    List<Integer> all = new ArrayList<>();
    for (int line = 1; line <= LAST; line++) {
      all.add(line);
    }
    assertThat(reasons.keySet()).containsExactlyElementsOf(all);
  }

  @Test
  void everyLineHasATestOrAReasonWhyNot() {
    List<Integer> open = new ArrayList<>();
    reasons.forEach(
        (line, reason) -> {
          if (reason.isEmpty() && !tests.containsKey(line)) {
            open.add(line);
          }
        });
    assertThat(open).as("lines that no test names").isEmpty();
  }

  @Test
  void whatIsTestedNeedsNoReason() {
    tests.forEach(
        (line, covering) ->
            assertThat(reasons.get(line)).as("line %s, tested by %s", line, covering).isEmpty());
  }
}
