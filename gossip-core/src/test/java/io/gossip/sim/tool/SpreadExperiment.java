package io.gossip.sim.tool;

import io.gossip.sim.tool.Charts.Look;
import io.gossip.sim.tool.Epidemic.Course;
import io.gossip.sim.tool.Epidemic.Way;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many rounds an update takes to half, to 99 % and to all of n nodes: by theory, in an epidemic
 * without an engine, and among real engines that make rounds only.
 */
@Command(
    name = "spread",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures how news spreads with the number of nodes, beside theory.")
public final class SpreadExperiment implements Callable<Integer> {
  private static final double ROUND_SECONDS = 0.2;
  private static final int UPDATES = 5;
  private static final String[] COLUMNS = {
    "nodes",
    "theory",
    "half",
    "99 %",
    "all",
    "told per node",
    "residue",
    "engines half",
    "engines 99 %",
    "engines all",
    "engines residue",
    "engines bytes per node"
  };

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      description = "Numbers of nodes; default ${DEFAULT-VALUE}.",
      defaultValue = "16,64,256,1024,4096,25000")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--fanout",
      split = ",",
      paramLabel = "F",
      description = "Others turned to in a round; default ${DEFAULT-VALUE}.",
      defaultValue = "1,3")
  private List<Integer> fanouts = new ArrayList<>();

  @Option(
      names = "--engines-up-to",
      paramLabel = "N",
      description =
          "Above this many nodes only the epidemic without an engine; default ${DEFAULT-VALUE}.",
      defaultValue = "1024")
  private int enginesUpTo;

  @Option(
      names = "--repeat",
      paramLabel = "TIMES",
      description = "Epidemics per row; default ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int repeat;

  @Option(names = "--seed", description = "Default ${DEFAULT-VALUE}.", defaultValue = "1")
  private long seed;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write CSV and charts.")
  private @Nullable Path out;

  private final PrintWriter console;

  private SpreadExperiment(PrintWriter console) {
    this.console = console;
  }

  /** Runs it and ends the process with its exit code. */
  public static void main(String... args) {
    PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(console, args));
  }

  /** Runs it; the exit code. */
  static int run(PrintWriter console, String... args) {
    CommandLine line = new CommandLine(new SpreadExperiment(console));
    return line.setOut(console).setErr(console).execute(args);
  }

  @Override
  public Integer call() throws IOException {
    for (int fanout : fanouts) {
      List<Series> measured = new ArrayList<>();
      for (Way way : Way.values()) {
        Series series = new Series("rounds-" + way + "-fanout-" + fanout, COLUMNS);
        for (int nodes : sizes) {
          series.add(row(nodes, fanout, way));
        }
        console.println("## " + way + ", fanout " + fanout + "\n\n" + table(series));
        measured.add(series);
      }
      if (out != null) {
        draw(new Folder(out), fanout, measured);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private double[] row(int nodes, int fanout, Way way) {
    int sends = 4 * (int) Math.ceil(Math.log10(nodes + 1.0)); // as engines do by default
    Epidemic epidemic = new Epidemic(nodes, fanout, way, sends);
    double[] row = new double[COLUMNS.length];
    row[0] = nodes;
    row[1] = epidemic.theory();
    // An epidemic that died out early says nothing of how long one takes, but shows as residue.
    SplittableRandom random = new SplittableRandom(seed);
    Mean half = new Mean();
    Mean most = new Mean();
    Mean all = new Mean();
    for (int i = 0; i < repeat; i++) {
      Course course = epidemic.run(random);
      half.add(course.half());
      most.add(course.most());
      all.add(course.all());
      row[5] += course.told() / repeat;
      row[6] += (double) course.residue() / repeat;
    }
    row[2] = half.value();
    row[3] = most.value();
    row[4] = all.value();
    for (int i = 7; i < row.length; i++) {
      row[i] = Double.NaN;
    }
    if (nodes <= enginesUpTo) {
      engines(nodes, fanout, way, row);
    }
    return row;
  }

  /** Real engines that make rounds, and hardly probe, repair nothing and hurry nothing. */
  private void engines(int nodes, int fanout, Way way, double[] row) {
    List<String> scenario =
        List.of(
            "nodes " + nodes,
            "start assembled",
            "warmup 1s",
            "link everywhere latency 1ms",
            "set fanout " + fanout,
            "set mode " + way,
            "set gossipInterval 200ms",
            "set eagerInterval 190ms",
            "set eagerRounds 0",
            "set probeInterval 10s",
            "set joinTimeout 1m",
            "set syncInterval 1h",
            "set bandwidth 10000000",
            "every 20s from 1s until 90s update 1 node",
            "run " + 20 * UPDATES + "s");
    Run run = new Run(ScenarioParser.parse("spread", scenario, List.of(), false), seed).play();
    World world = run.world();
    Mean half = new Mean();
    Mean most = new Mean();
    Mean all = new Mean();
    double residue = 0;
    for (Spread.Mark mark : world.spread().marks()) {
      half.add(rounds(mark.reached(0.5, world.residents())));
      most.add(rounds(mark.reached(0.99, world.residents())));
      all.add(rounds(mark.reached(1, world.residents())));
      residue += mark.residue(world.residents());
    }
    row[7] = half.value();
    row[8] = most.value();
    row[9] = all.value();
    row[10] = residue / world.spread().marks().size();
    row[11] = world.traffic().total() / (double) nodes / world.spread().marks().size();
  }

  private static double rounds(@Nullable Duration time) {
    return time == null ? -1 : Format.seconds(time) / ROUND_SECONDS;
  }

  /** The mean of what came to be. */
  private static final class Mean {
    private double sum;
    private int count;

    /** Adds a value; a negative one is none. */
    void add(double value) {
      if (value >= 0) {
        sum += value;
        count++;
      }
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }

  private static TextTable table(Series series) {
    TextTable table = new TextTable(series.columns().toArray(String[]::new));
    for (double[] row : series.rows()) {
      String[] cells = new String[row.length];
      for (int i = 0; i < row.length; i++) {
        cells[i] = Format.decimal(row[i], i == 5 || i == 6 || i == 10 ? 2 : i == 11 ? 0 : 1);
      }
      table.row(cells);
    }
    return table;
  }

  private static void draw(Folder folder, int fanout, List<Series> measured) throws IOException {
    Charts chart =
        new Charts("Rounds until all know an update, fanout " + fanout, "nodes", "rounds")
            .logarithmic()
            .legendAside();
    int colour = 0;
    for (Series series : measured) {
      folder.write(series);
      String name = series.name().replaceAll("rounds-|-fanout.*", "");
      double[] nodes = series.column(0);
      chart.line(name, nodes, series.column(4), Look.PLAIN, colour);
      chart.line(name + ", theory", nodes, series.column(1), Look.DASHED, colour);
      chart.line(name + ", engines", nodes, series.column(9), Look.DOTTED, colour++);
    }
    folder.write("rounds-fanout-" + fanout, chart);
  }
}
