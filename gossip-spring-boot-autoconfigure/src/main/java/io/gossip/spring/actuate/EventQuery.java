package io.gossip.spring.actuate;

import io.gossip.spring.history.EventHistory;
import io.gossip.spring.history.Recorded;
import io.gossip.spring.history.Transition;
import io.gossip.spring.history.TransitionType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transitions are to be told of.
 *
 * @param types of these kinds
 * @param member of the member of this name; {@code null} for any
 * @param service of members that offer this; {@code null} for any
 * @param zone of this zone, "" for none; {@code null} for any
 * @param since not before; {@code null} for any time
 * @param after with a greater number
 * @param limit how many at most
 */
record EventQuery(
    Set<TransitionType> types,
    @Nullable String member,
    @Nullable String service,
    @Nullable String zone,
    @Nullable Instant since,
    long after,
    int limit) {

  /** Transitions that are told of unless asked otherwise. */
  static final int DEFAULT_LIMIT = 100;

  /** How much of a wrong value is repeated. */
  private static final int QUOTED = 40;

  boolean selects(Recorded recorded) {
    Transition what = recorded.transition();
    return types.contains(what.type())
        && recorded.sequence() > after
        && (since == null || !recorded.at().isBefore(since))
        && (member == null || member.equals(what.member()))
        && (service == null || service.equalsIgnoreCase(what.service()))
        && (zone == null || zone.equals(what.zone()));
  }

  /**
   * The kinds that a text names, with commas between; all without one.
   *
   * @throws IllegalArgumentException if it names others
   */
  static Set<TransitionType> types(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return EnumSet.allOf(TransitionType.class);
    }
    Set<TransitionType> types = EnumSet.noneOf(TransitionType.class);
    for (String name : text.split(",", TransitionType.values().length + 1)) {
      types.add(type(name));
    }
    return types;
  }

  private static TransitionType type(String name) {
    try {
      return TransitionType.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw wrong("type", "be of " + Arrays.toString(TransitionType.values()), name, e);
    }
  }

  /**
   * A moment, or one that is so long ago.
   *
   * @throws IllegalArgumentException if the text says neither
   */
  static @Nullable Instant since(@Nullable String text, Instant now) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String given = text.strip();
    try {
      return given.startsWith("P") || given.startsWith("p")
          ? now.minus(Duration.parse(given))
          : Instant.parse(given);
    } catch (DateTimeException | ArithmeticException e) {
      String rule = "be a time, as 2026-01-31T12:00:00Z, or how long ago, as PT5M";
      throw wrong("since", rule, given, e);
    }
  }

  /**
   * The number of a transition; 0 without one.
   *
   * @throws IllegalArgumentException if it is no number, or negative
   */
  static long after(@Nullable String text) {
    return number("after", text, 0, Long.MAX_VALUE);
  }

  /**
   * How many transitions to tell of.
   *
   * @throws IllegalArgumentException if it is no number, or negative
   */
  static int limit(@Nullable String text) {
    return (int)
        Math.min(
            EventHistory.MAX_CAPACITY, number("limit", text, DEFAULT_LIMIT, Integer.MAX_VALUE));
  }

  private static long number(String what, @Nullable String text, long otherwise, long max) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    String rule = "be a number of 0 to " + max;
    long number;
    try {
      number = Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw wrong(what, rule, text, e);
    }
    if (number < 0 || number > max) {
      throw wrong(what, rule, text, null);
    }
    return number;
  }

  /** What is wrong with a filter, in a sentence that repeats some of it. */
  static IllegalArgumentException wrong(
      String what, String rule, String given, @Nullable Exception cause) {
    String quoted = given.length() <= QUOTED ? given : given.substring(0, QUOTED) + "…";
    return new IllegalArgumentException(
        what + " must " + rule + ", but was '" + quoted + "'", cause);
  }
}
