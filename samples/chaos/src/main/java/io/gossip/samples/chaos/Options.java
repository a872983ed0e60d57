package io.gossip.samples.chaos;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {

  @Option(
      names = "--fault",
      split = ",",
      description = "what to do: ${COMPLETION-CANDIDATES}; all of them unless given")
  List<Fault> faults = List.of(Fault.values());

  @Option(names = "--instances", description = "instances of the service; 5")
  int instances = 5;

  @Option(names = "--customers", description = "processes that call it; 2")
  int customers = 2;

  @Option(names = "--rate", description = "calls per second, of all customers together; 50")
  double rate = 50;

  @Option(
      names = "--seconds",
      description = "time of calls after the fault, of which there is as much as it takes; 10")
  int seconds = 10;

  @Option(names = "--repeat", description = "runs of each; the table has their medians; 1")
  int repeat = 1;

  @Option(
      names = "--retry",
      description = "customers retry, as Spring Cloud does; not unless given")
  boolean retry;

  @Option(names = "--quiet", description = "without what the processes print")
  boolean quiet;

  @Option(names = "--out", description = "folder for charts (SVG, PNG) and calls (CSV); chaos")
  Path out = Path.of("chaos");

  @Option(names = "--help", usageHelp = true, description = "this")
  boolean help;

  /**
   * Says what cannot be.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void check() {
    between("--instances", instances, 2, 20);
    between("--customers", customers, 1, 10);
    between("--rate", rate, 1, 2_000);
    between("--seconds", seconds, 1, 300);
    between("--repeat", repeat, 1, 50);
  }

  private static void between(String option, double value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + " must be " + least + " to " + most + ", but was " + value);
    }
  }
}
