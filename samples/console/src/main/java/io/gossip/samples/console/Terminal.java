package io.gossip.samples.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is known of the terminal, without a library: whether it is one, and its size. */
final class Terminal {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int PATIENCE_SECONDS = 1;

  private Size size = Size.USUAL;
  private boolean tells = true;
  private long askedAt = System.nanoTime() - FRESH_NANOS;

  /**
   * Whether a table can be drawn: both ends are a terminal that understands it, and may be used so.
   */
  static boolean isLive(Map<String, String> environment) {
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean able = !"dumb".equals(environment.get("TERM"));
    return wanted && able && isTerminal();
  }

  @SuppressWarnings("SystemConsoleNull") // it is asked for what newer ones say
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try { // from JDK 22 on there may be one that is no terminal
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Its size now, or as it was up to two seconds ago. */
  Size size() {
    if (tells && System.nanoTime() - askedAt >= FRESH_NANOS) {
      size = ask();
      askedAt = System.nanoTime();
    }
    return size;
  }

  /** Asks the program for it that every Unix has. */
  private Size ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && answer.matches("\\d{1,4} \\d{1,4}")) {
        int blank = answer.indexOf(' ');
        return new Size(
            Integer.parseInt(answer.substring(blank + 1)),
            Integer.parseInt(answer.substring(0, blank)));
      }
    } catch (IOException e) {
      tells = false; // there is none here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return size;
  }
}
