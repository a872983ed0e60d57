package io.gossip.sim.tool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one statement, read from left to right; complains of the one it stands at. */
final class Words {
  private static final Pattern QUANTITY = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)([a-zA-Z%]*)");
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("us", 1_000L);
    UNITS.put("ms", 1_000_000L);
    UNITS.put("s", 1_000_000_000L);
    UNITS.put("m", 60_000_000_000L);
    UNITS.put("h", 3_600_000_000_000L);
  }

  private final String where;
  private final List<String> words = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private int next;

  /**
   * Splits a statement.
   *
   * @param where file and line, for complaints
   * @param statement without line end; a comment at its end is left out
   */
  Words(String where, String statement) {
    this.where = where;
    int comment = statement.indexOf('#');
    String text = (comment < 0 ? statement : statement.substring(0, comment)).strip();
    if (!text.isEmpty()) {
      words.addAll(List.of(text.split("\\s+")));
    }
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  boolean hasNext() {
    return next < words.size();
  }

  /** The next word, which stays the next. */
  @Nullable String peek() {
    return hasNext() ? words.get(next) : null;
  }

  /** The next word; {@code wanted} says what it should be. */
  String word(String wanted) {
    if (!hasNext()) {
      throw complaint("ends where it should go on with " + wanted);
    }
    return words.get(next++);
  }

  /** The rest of the statement as it is. */
  String rest(String wanted) {
    StringBuilder rest = new StringBuilder(word(wanted));
    while (hasNext()) {
      rest.append(' ').append(words.get(next++));
    }
    return rest.toString();
  }

  /** Whether the next words are these; they are taken if so. */
  boolean take(String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (next + i >= words.size() || !words.get(next + i).equals(expected[i])) {
        return false;
      }
    }
    next += expected.length;
    return true;
  }

  /** Takes these words, which must come now. */
  Words expect(String... expected) {
    for (String one : expected) {
      if (!take(one)) {
        throw complaint("expected \"" + one + "\"");
      }
    }
    return this;
  }

  /** Nothing may follow. */
  void end() {
    if (hasNext()) {
      throw complaint("nothing more was expected");
    }
  }

  // Quantities

  /** Such as {@code 200ms}, {@code 1.5s}, {@code 5m}; negative ones included. */
  Duration duration() {
    Quantity quantity = quantity("a duration, such as 200ms, 10s, 5m or 1h");
    @Nullable Long nanos = UNITS.get(quantity.unit());
    if (nanos == null) {
      throw back("expected a duration, such as 200ms, 10s, 5m or 1h");
    }
    return Duration.ofNanos(quantity.number().multiply(BigDecimal.valueOf(nanos)).longValue());
  }

  /** A duration that is not negative. */
  Duration length() {
    Duration length = duration();
    if (length.isNegative()) {
      throw back("expected a duration of 0 or more");
    }
    return length;
  }

  /** Such as {@code 0.1%}, as 0 to 1. */
  double share() {
    Quantity quantity = quantity("a share, such as 0.1%");
    double share = quantity.number().movePointLeft(2).doubleValue();
    if (!quantity.unit().equals("%") || share < 0 || share > 1) {
      throw back("expected a share from 0% to 100%");
    }
    return share;
  }

  /** A whole number of at least this much. */
  int count(int least) {
    String wanted = "a whole number of at least " + least;
    Quantity quantity = quantity(wanted);
    try {
      int count = quantity.number().intValueExact();
      if (quantity.unit().isEmpty() && count >= least) {
        return count;
      }
    } catch (ArithmeticException e) {
      throw back("expected " + wanted);
    }
    throw back("expected " + wanted);
  }

  /** A seed: any whole number. */
  long number() {
    Quantity quantity = quantity("a whole number");
    if (!quantity.unit().isEmpty() || quantity.number().scale() > 0) {
      throw back("expected a whole number");
    }
    return quantity.number().longValue();
  }

  /** A number that is not negative, such as {@code 1.5}. */
  double decimal() {
    Quantity quantity = quantity("a number");
    if (!quantity.unit().isEmpty() || quantity.number().signum() < 0) {
      throw back("expected a number of 0 or more");
    }
    return quantity.number().doubleValue();
  }

  /** Such as {@code 500B}, {@code 50KB} (thousands) or {@code 10MB}. */
  long bytes() {
    Quantity quantity = quantity("bytes, such as 500B or 50KB");
    int zeros =
        switch (quantity.unit().toUpperCase(Locale.ROOT)) {
          case "B" -> 0;
          case "KB" -> 3;
          case "MB" -> 6;
          default -> throw back("expected bytes, such as 500B, 50KB or 10MB");
        };
    return quantity.number().movePointRight(zeros).longValue();
  }

  /** Whether the next word is a share, such as {@code 1%}. */
  boolean isShare() {
    String word = peek();
    return word != null && word.endsWith("%");
  }

  private record Quantity(BigDecimal number, String unit) {}

  private Quantity quantity(String wanted) {
    Matcher matcher = QUANTITY.matcher(word(wanted));
    if (!matcher.matches()) {
      throw back("expected " + wanted);
    }
    return new Quantity(new BigDecimal(matcher.group(1)), matcher.group(2));
  }

  // Mentions

  /** A place that a statement speaks of, and what to say if there is none of that name. */
  record Mention(Place place, ScenarioException complaint) {}

  /** The word that was just taken names this place. */
  Place mention(Place place) {
    next--;
    mentions.add(new Mention(place, complaint("there is no " + place)));
    next++;
    return place;
  }

  /** All places this statement speaks of. */
  List<Mention> mentions() {
    return mentions;
  }

  // Complaints

  /** About the word that was just taken. */
  ScenarioException back(String problem) {
    next--;
    return complaint(problem);
  }

  /** About the word that comes next, or that none does. */
  ScenarioException complaint(String problem) {
    String at = hasNext() ? "word " + (next + 1) + " (\"" + words.get(next) + "\")" : "the end";
    return new ScenarioException(where + ": at " + at + ": " + problem);
  }
}
