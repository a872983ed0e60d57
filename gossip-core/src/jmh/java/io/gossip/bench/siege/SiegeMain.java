package io.gossip.bench.siege;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The siege's command line; docs/SECURITY.md says what is measured. */
@Command(
    name = "siege",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Attacks real nodes in processes of their own, and says what came of it.",
    footer = {"", "Exit code: 0 if all goals were met, 1 if one was missed."})
public final class SiegeMain implements Callable<Integer> {

  private static final List<Attack> ATTACKS =
      List.of(
          new FloodAttack(),
          new ReplayAttack(),
          new ReflectAttack(),
          new AmplifyAttack(),
          new ForgeAttack(),
          new StreamAttack(),
          new RotationTrial());

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ATTACK",
      description = "flood, replay, reflect, amplify, forge, tcp, rotation; all unless said.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--seconds", description = "That a row lasts; ${DEFAULT-VALUE} unless said.")
  private int seconds = 60;

  @Option(names = "--rate", description = "Datagrams a second of a flood; ${DEFAULT-VALUE}.")
  private int rate = 100_000;

  @Option(names = "--members", description = "Of the besieged cluster; ${DEFAULT-VALUE}.")
  private int members = 8;

  @Option(names = "--recorded", description = "Packets to replay; ${DEFAULT-VALUE}.")
  private int recorded = 100_000;

  @Option(names = "--streams", description = "That an attack holds open; ${DEFAULT-VALUE}.")
  private int streams = 1_000;

  @Option(names = "--nodes", description = "That change their keys; ${DEFAULT-VALUE}.")
  private int nodes = 100;

  private SiegeMain() {}

  /** Runs it and ends the process with its exit code. */
  public static void main(String... args) {
    CommandLine line = new CommandLine(new SiegeMain());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.printf(
        "%s, %d cores, JDK %s, %d s each, %d datagrams/s, %d members, %d streams%n",
        LocalDate.now(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        seconds,
        rate,
        members,
        streams);
    Attack.Settings settings =
        new Attack.Settings(seconds, rate, members, recorded, streams, nodes);
    List<Row> rows = new ArrayList<>();
    for (Attack attack : ATTACKS) {
      if (only.isEmpty() || only.contains(attack.name())) {
        System.out.println(attack.name());
        List<Row> done = attack.run(settings);
        rows.addAll(done);
        System.out.println(table(done));
      }
    }
    boolean missed = false;
    for (Row row : rows) {
      for (String miss : row.misses()) {
        System.out.println("MISS " + row.attack() + ": " + miss);
        missed = true;
      }
    }
    System.out.println(missed ? "" : "All goals met.");
    return missed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  /** In Markdown: a row for each attack, a column for each thing that was measured of any. */
  private static String table(List<Row> rows) {
    Set<String> headings = new LinkedHashSet<>();
    rows.forEach(row -> headings.addAll(row.cells().keySet()));
    StringBuilder text = new StringBuilder("\n| |");
    headings.forEach(heading -> text.append(' ').append(heading).append(" |"));
    text.append("\n|---|").append("---|".repeat(headings.size())).append('\n');
    for (Row row : rows) {
      text.append("| ").append(row.attack()).append(" |");
      for (String heading : headings) {
        text.append(' ').append(row.cells().getOrDefault(heading, "–")).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
