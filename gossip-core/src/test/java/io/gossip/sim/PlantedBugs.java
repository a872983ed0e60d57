package io.gossip.sim;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Shows whether the simulator has teeth: plants one bug after the other in a copy of the engine and
 * plays the swarm with it until something is found wrong.
 *
 * <pre>{@code
 * mvn -Pbench -pl gossip-core test-compile exec:exec@bugs -Dbugs=tombstone
 * }</pre>
 */
public final class PlantedBugs {
  private static final int SEEDS = 200;
  private static final long MOST_MINUTES = 5;
  private static final List<String> PACKAGES = List.of("membership", "wire", "swim");

  private final Path sources;
  private final Path work;

  private PlantedBugs(Path sources, Path work) {
    this.sources = sources;
    this.work = work;
  }

  /**
   * Prints a table.
   *
   * @param args a part of the names of the bugs to be planted; all if there is none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("planted");
    try {
      PlantedBugs program = new PlantedBugs(Path.of("src", "main", "java"), work);
      System.exit(program.run(args.length == 0 ? "" : args[0]) ? 0 : 1);
    } finally {
      delete(work);
    }
  }

  private boolean run(String part) throws IOException, InterruptedException {
    int survivors = 0;
    int planted = 0;
    System.out.printf(Locale.ROOT, "| Bug | Seed | Found by | Seconds |%n|---|---|---|---|%n");
    for (PlantedBug bug : PlantedBug.all()) {
      if (bug.name().contains(part)) {
        long begun = System.nanoTime();
        String[] found = hunt(bug).split("\t", -1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
            Locale.ROOT, "| %s | %s | %s | %.1f |%n", bug.name(), found[0], found[1], seconds);
        planted++;
        survivors += found[0].equals("-") ? 1 : 0;
      }
    }
    System.out.println((planted - survivors) + " of " + planted + " found");
    return survivors == 0;
  }

  private String hunt(PlantedBug bug) throws IOException, InterruptedException {
    Path copy = work.resolve("src");
    Path classes = work.resolve("classes");
    delete(copy);
    delete(classes);
    Files.createDirectories(classes);
    List<File> files = new ArrayList<>();
    for (String name : PACKAGES) {
      copy(sources.resolve("io/gossip").resolve(name), copy.resolve("io/gossip").resolve(name));
    }
    Path victim = copy.resolve("io/gossip").resolve(bug.file());
    String source = Files.readString(victim);
    if (bug.occurrences(source) != 1) {
      throw new IllegalStateException(bug.name() + " cannot be planted any more");
    }
    Files.writeString(victim, bug.plantIn(source));
    try (Stream<Path> all = Files.walk(copy)) {
      all.filter(path -> path.toString().endsWith(".java")).forEach(p -> files.add(p.toFile()));
    }
    compile(bug, files, classes);
    return play(classes);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void compile(PlantedBug bug, List<File> files, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-nowarn",
              "-proc:none",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      if (!compiler
          .getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromFiles(files))
          .call()) {
        throw new IllegalStateException(bug.name() + " does not compile");
      }
    }
  }

  /** What the hunt prints last: seed, rule, message. */
  private static String play(Path classes) throws IOException, InterruptedException {
    String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "io.gossip.sim.Hunt",
                String.valueOf(SEEDS))
            .redirectErrorStream(true)
            .start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return "?\tno end within " + MOST_MINUTES + " minutes\t";
    }
    String last = "?\tended without a word\t";
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line.contains("\t") ? line : last;
      }
    }
    return last;
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
