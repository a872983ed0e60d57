package io.gossip.samples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/**
 * Starts real processes, has some call others at a steady rate, breaks one or restarts all, and
 * prints what the callers noticed. Bounded in time, on loopback or in network namespaces of its
 * own; ends what it started.
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl samples/chaos -am package
 * java -jar samples/chaos/target/chaos.jar --fault kill --repeat 5 --quiet
 * }</pre>
 */
public final class Chaos {

  private static final long BEFORE_MILLIS = 3_000;

  private Chaos() {}

  /** See the class; {@code --help} says the options. */
  public static void main(String[] args) throws IOException {
    Options options = new Options();
    CommandLine command = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      command.parseArgs(args);
      options.check();
    } catch (CommandLine.ParameterException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      command.usage(System.err);
      System.exit(2);
    }
    if (options.help) {
      command.usage(System.out);
      return;
    }
    Table table = new Table();
    for (Fault fault : options.faults) {
      if (fault == Fault.BLACKHOLE && !Cable.isPossible()) {
        System.out.println("Skipped: a black-holed host needs root and the program ip.");
        continue;
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (int run = 1; run <= options.repeat; run++) {
        outcomes.add(run(options, fault, run));
      }
      table.add(fault, outcomes);
    }
    System.out.printf(
        Locale.ROOT,
        "%n%d instances, %d customers, %.0f calls/s together%s; %d runs of each%n%n%s",
        options.instances,
        options.customers,
        options.rate,
        options.retry ? ", which retry" : "",
        options.repeat,
        table);
    System.exit(0); // whatever threads there are
  }

  private static Outcome run(Options options, Fault fault, int number) throws IOException {
    try (Cable cable = fault == Fault.BLACKHOLE ? new Cable() : null;
        Stage stage = new Stage(options, cable)) {
      stage.open();
      Stage.pause(BEFORE_MILLIS);
      long struck = Line.now();
      String victim = stage.strike(fault);
      Stage.pause(options.seconds * 1_000L);
      Outcome outcome = Outcome.of(stage.notes(), options.customers, fault, victim, struck);
      System.out.printf(Locale.ROOT, "%s, run %d: %s%n", fault.title(), number, outcome);
      String name = fault.name().toLowerCase(Locale.ROOT) + (options.retry ? "-retry" : "");
      Chart.write(
          options.out,
          number == 1 ? name : name + "-" + number,
          fault.title() + (options.retry ? ", with retry" : ""),
          stage.notes(),
          struck);
      return outcome;
    }
  }
}
