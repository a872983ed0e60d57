package io.gossip.samples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** An instance in a JVM of its own; what it prints is passed on line by line, with its name. */
final class ChildProcess {

  private final Instance instance;
  private final Process process;
  private final Thread reader;

  private ChildProcess(Instance instance, Process process) {
    this.instance = instance;
    this.process = process;
    this.reader = new Thread(this::passOnOutput, instance.id() + " output");
    reader.setDaemon(true);
  }

  static ChildProcess start(Instance instance, String classPath) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Four JVMs share one machine and live for minutes: small, and soon ready.
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", // Netty's epoll; a newer JVM warns without
            "-D" + Quickstart.LAUNCHER + "=" + ProcessHandle.current().pid(),
            "-cp",
            classPath,
            Quickstart.class.getName(),
            instance.id());
    ChildProcess child = new ChildProcess(instance, builder.redirectErrorStream(true).start());
    child.reader.start();
    return child;
  }

  Instance instance() {
    return instance;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Calls with the exit status, once it has ended. */
  void onEnd(IntConsumer action) {
    process.onExit().thenAccept(ended -> action.accept(ended.exitValue()));
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Asks it to stop: SIGTERM, where there is such a thing. */
  void stop() {
    process.toHandle().destroy(); // Process.destroy() would also close our end of its output
  }

  /** Waits for it to stop, and kills it at the deadline. */
  void awaitStop(long deadlineNanos) {
    try {
      if (process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        reader.join(1000); // its last lines
        return;
      }
      System.err.println(instance.id() + " does not stop and is killed.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void passOnOutput() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.printf("%-11s | %s%n", instance.id(), line);
      }
    } catch (IOException e) {
      System.err.println("No more output of " + instance.id() + ": " + e.getMessage());
    }
  }
}
