package io.gossip.sim.experiment;

import io.gossip.sim.experiment.AnomalyRun.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lifeguard's two experiments (§V, tables IV to VI) with several setups of the state machine in one
 * world: {@code threshold} for how long detection takes, {@code interval} for false positives and
 * load.
 */
public final class LifeguardExperiment {
  private static final int[] BLOCKED = {1, 4, 8, 12, 16, 20, 24, 28, 32};
  private static final int[] BLOCKED_MILLIS = {128, 512, 2_048, 8_192, 16_384, 32_768};
  private static final int[] NORMAL_MILLIS = {1, 4, 16, 64, 256, 1_024, 4_096, 16_384};

  private final Arguments arguments;

  private LifeguardExperiment(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Runs it; {@code --help} says how. */
  public static void main(String... args) throws InterruptedException {
    Arguments arguments =
        Arguments.parse(
            List.of(
                "experiment interval (or threshold)",
                "setups swim,lifeguard,ours-alpha5,ours",
                "repetitions 1",
                "seed 1",
                "nodes 128",
                "every 1",
                "threads 1"),
            args);
    if (arguments != null) {
      new LifeguardExperiment(arguments).run();
    }
  }

  private void run() throws InterruptedException {
    List<Plan> plans = plans(arguments.text("experiment"), arguments.number("nodes"));
    System.out.println("| setup | runs | FP | FP− | packets (M) | GiB | first | full | wall s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (String name : arguments.list("setups")) {
      for (Setup setup : Setup.named(name)) {
        long begun = System.nanoTime();
        Tally tally = play(setup, plans);
        System.out.println(row(setup, tally, (System.nanoTime() - begun) / 1e9));
      }
    }
  }

  /** The combinations of an experiment, each once. */
  static List<Plan> plans(String experiment, int nodes) {
    boolean once = experiment.equals("threshold");
    if (!once && !experiment.equals("interval")) {
      throw new IllegalArgumentException("there is no experiment " + experiment);
    }
    List<Plan> plans = new ArrayList<>();
    for (int blocked : BLOCKED) {
      for (int blockedFor : BLOCKED_MILLIS) {
        for (int normalFor : once ? new int[] {0} : NORMAL_MILLIS) {
          plans.add(
              new Plan(
                  nodes, blocked, Duration.ofMillis(blockedFor), Duration.ofMillis(normalFor)));
        }
      }
    }
    return plans;
  }

  private Tally play(Setup setup, List<Plan> plans) throws InterruptedException {
    int every = arguments.number("every");
    ExecutorService threads = Executors.newFixedThreadPool(arguments.number("threads"));
    try {
      List<Future<Tally>> running = new ArrayList<>();
      for (int repetition = 0; repetition < arguments.number("repetitions"); repetition++) {
        for (int i = repetition % every; i < plans.size(); i += every) {
          Plan plan = plans.get(i);
          long seed = arguments.number("seed") + (long) repetition * plans.size() + i;
          running.add(threads.submit(() -> AnomalyRun.play(plan, setup, seed)));
        }
      }
      Tally all = new Tally();
      for (Future<Tally> run : running) {
        all.add(run.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run of " + setup.name() + " failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String row(Setup setup, Tally tally, double wall) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %.2f | %.3f | %s (%d) | %s (%d) | %.0f |",
        setup.name(),
        tally.runs(),
        tally.falsePositives(),
        tally.falseByHealthy(),
        tally.packets() / 1e6,
        tally.bytes() / (double) (1 << 30),
        tally.first,
        tally.first.count(),
        tally.full,
        tally.full.count(),
        wall);
  }
}
