package io.gossip.samples.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process of ours. Its lines that begin with # are read, all others passed on. */
final class Child {

  private final String name;
  private final Process process;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts one; the lines come on a thread of their own. */
  static Child start(
      String name,
      List<String> prefix,
      Class<?> main,
      List<String> args,
      boolean quiet,
      Consumer<List<String>> lines) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1"); // many JVMs share one machine and live for minutes
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-D" + Parent.PID + "=" + ProcessHandle.current().pid());
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.addAll(args);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Child child = new Child(name, process);
      Thread reader = new Thread(() -> child.read(quiet, lines), name + " output");
      reader.setDaemon(true);
      reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    String origin = Child.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return origin.endsWith(".jar") ? origin : System.getProperty("java.class.path");
  }

  private void read(boolean quiet, Consumer<List<String>> lines) {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("#")) {
          lines.accept(Line.words(line));
        } else if (!quiet) {
          System.out.printf("%-12s| %s%n", name, line);
        }
      }
    } catch (IOException e) {
      // it has ended
    }
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets it begin. */
  void go() {
    try {
      process.outputWriter().write("go\n");
      process.outputWriter().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGSTOP, SIGCONT and the like. */
  void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitEnd(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " did not end within " + seconds + " s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
