package io.gossip.sim.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The simulator's command line; docs/SIMULATION.md says how to use it. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Plays scenarios in the simulated world and says what came of them.",
    footer = {
      "",
      "Exit code: 0 if all came as expected, 1 if something was missed or violated,",
      "2 if the command line or a scenario makes no sense."
    })
public final class SimulationMain implements Callable<Integer> {

  @Parameters(
      paramLabel = "SCENARIO",
      description = "Names of scenarios that come with the simulator, or files.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "List the scenarios that come with the simulator.")
  private boolean list;

  @Option(names = "--small", description = "Play the small version.")
  private boolean small;

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "SEED",
      description = "Seeds instead of the scenario's; several with commas.")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = {"-s", "--say"},
      paramLabel = "STATEMENT",
      description =
          "A statement instead of the scenario's of that kind, such as \"run 10m\", or beside them,"
              + " such as \"set fanout 2\". May be given more than once.")
  private List<String> statements = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where to write series (CSV) and charts (SVG, PNG); nothing is written without.")
  private @Nullable Path out;

  private final PrintWriter console;

  private SimulationMain(PrintWriter console) {
    this.console = console;
  }

  /** Runs it and ends the process with its exit code. */
  public static void main(String... args) {
    PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(console, args));
  }

  /** Runs it; the exit code. */
  static int run(PrintWriter console, String... args) {
    CommandLine line = new CommandLine(new SimulationMain(console));
    line.setOut(console).setErr(console);
    line.setExecutionExceptionHandler(
        (problem, command, result) -> {
          if (problem instanceof ScenarioException || problem instanceof IOException) {
            command.getErr().println(problem.getMessage());
            return CommandLine.ExitCode.USAGE;
          }
          throw problem;
        });
    return line.execute(args);
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Library.names().forEach(console::println);
      return CommandLine.ExitCode.OK;
    }
    if (names.isEmpty()) {
      throw new ScenarioException("Which scenario? See --list.");
    }
    boolean succeeded = true;
    for (String name : names) {
      succeeded &= play(name);
    }
    return succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean play(String name) throws IOException {
    Scenario scenario = ScenarioParser.parse(name, Library.lines(name), statements, small);
    boolean succeeded = true;
    for (long seed : seeds.isEmpty() ? scenario.seeds() : seeds) {
      Cost.Meter meter = Cost.begin();
      Run run = new Run(scenario, seed).play();
      Cost cost = meter.end(run.world().sim(), scenario.nodes());
      String report = Report.of(run, cost);
      console.println(report);
      if (!run.succeeded()) {
        console.println("Once more: " + command(name, seed) + "\n");
        succeeded = false;
      }
      console.flush();
      if (out != null) {
        Folder folder = new Folder(out.resolve(Library.plain(name) + "-" + seed));
        folder.write("report.md", report);
        folder.write(run);
      }
    }
    return succeeded;
  }

  /** The command that plays one seed again. */
  private String command(String name, long seed) {
    StringBuilder words = new StringBuilder(name).append(" --seed ").append(seed);
    if (small) {
      words.append(" --small");
    }
    for (String statement : statements) {
      words.append(" -s '").append(statement).append('\'');
    }
    return "mvn -Pbench -pl gossip-core test-compile exec:exec@simulate -Dsimulate=\""
        + words
        + '"';
  }
}
