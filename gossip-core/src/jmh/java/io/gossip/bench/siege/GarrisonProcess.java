package io.gossip.bench.siege;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Garrison} in a process of its own, asked and answering one question at a time. */
final class GarrisonProcess implements AutoCloseable {

  private static final int LONGEST_SECONDS = 150;

  private final String name;
  private final Process process;
  private final Writer questions;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> addresses;

  GarrisonProcess(Mode mode, Path certificates, int nodes, String name, List<String> seeds) {
    this.name = name;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Garrison.class.getName()));
    command.addAll(List.of(mode.name(), certificates.toString(), String.valueOf(nodes), name));
    command.addAll(seeds);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    questions = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
    addresses = List.of(answer().split(" ", -1));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Garrison.ANSWER)) {
          answers.add(line.substring(Garrison.ANSWER.length()));
        } else {
          System.out.println("  " + name + ": " + line);
        }
      }
    } catch (IOException e) {
      System.out.println(name + " is heard no more: " + e.getMessage());
    }
  }

  /** Where its nodes listen, as {@code host:port}. */
  List<String> addresses() {
    return addresses;
  }

  /** Asks, and waits for the answer. */
  synchronized String ask(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer();
  }

  Sample sample() {
    return Sample.parse(ask("sample"));
  }

  /** After its garbage has gone. */
  Sample measure() {
    return Sample.parse(ask("measure"));
  }

  private String answer() {
    try {
      String answer = answers.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IllegalStateException(name + " must answer within " + LONGEST_SECONDS + " s");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      questions.close(); // which ends it
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      System.out.println(name + " is asked no more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
