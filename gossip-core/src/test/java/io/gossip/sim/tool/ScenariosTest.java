package io.gossip.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small version of each scenario that comes with the simulator. */
@Tag("once") // on the first of two JDKs
class ScenariosTest {

  static List<String> scenarios() throws IOException {
    return Library.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void goesAsExpected(String name) throws IOException {
    StringWriter report = new StringWriter();
    if (SimulationMain.run(new PrintWriter(report), "--small", name) != 0) {
      fail(report.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void hasABigVersionThatMakesSense(String name) throws IOException {
    Scenario big = ScenarioParser.parse(name, Library.lines(name), List.of(), false);
    assertThat(big.expectations()).isNotEmpty();
    assertThat(big.nodes()).isPositive();
  }

  @Test
  void eachScenarioIsInTheIndex() throws IOException {
    Path index = Path.of("src/test/resources/scenarios/index.txt");
    try (Stream<Path> files = Files.list(index.resolveSibling("."))) {
      assertThat(
              files
                  .filter(file -> !file.endsWith("index.txt"))
                  .map(file -> Library.plain(file.toString())))
          .containsExactlyInAnyOrderElementsOf(Library.names());
    }
  }

  @Test
  void seriesAndChartsAreWritten(@TempDir Path folder) throws IOException {
    StringWriter report = new StringWriter();
    int code =
        SimulationMain.run(
            new PrintWriter(report),
            "state-changes",
            "--small",
            "--seed",
            "5",
            "-s",
            "nodes 20",
            "--out",
            folder.toString());
    assertThat(code).as(report.toString()).isZero();
    for (String series : List.of("spread", "traffic", "divergence", "deaths")) {
      for (String ending : List.of("csv", "svg", "png")) {
        assertThat(folder.resolve("state-changes-5").resolve(series + "." + ending))
            .isNotEmptyFile();
      }
    }
    assertThat(report.toString()).contains("trace hash");
  }

  @Test
  void sameSeedGivesTheSameReportButForItsCost() {
    assertThat(withoutCost("isolated", "--seed", "3"))
        .isEqualTo(withoutCost("isolated", "--seed", "3"));
  }

  private static List<String> withoutCost(String... args) {
    StringWriter report = new StringWriter();
    SimulationMain.run(new PrintWriter(report), args);
    return report.toString().lines().filter(line -> !line.startsWith("wall time")).toList();
  }

  @Test
  void missedExpectationSaysHowToSeeItAgain() {
    StringWriter report = new StringWriter();
    int code =
        SimulationMain.run(
            new PrintWriter(report), "survivors", "--seed", "2", "-s", "expect events Joined 99");
    assertThat(code).isEqualTo(1);
    assertThat(report.toString())
        .contains("MISSED", "survivors --seed 2 -s 'expect events Joined 99'");
  }

  @Test
  void whatMakesNoSenseIsSaidShortly() {
    StringWriter report = new StringWriter();
    assertThat(SimulationMain.run(new PrintWriter(report), "no-such-scenario")).isEqualTo(2);
    assertThat(report.toString()).contains("neither a file nor one of").hasLineCount(1);
  }
}
