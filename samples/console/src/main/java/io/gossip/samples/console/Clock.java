package io.gossip.samples.console;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time of day, in front of a line. */
final class Clock {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private Clock() {}

  static String stamp(String line) {
    return LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + line;
  }
}
