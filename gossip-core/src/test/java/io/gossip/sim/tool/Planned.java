package io.gossip.sim.tool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens, once or again and again.
 *
 * @param first when; counted from time 0
 * @param every time from one to the next; {@code null} if it happens once
 * @param until the last time it may happen; {@code null} for the end of the scenario
 * @param text the statement, for people
 */
record Planned(
    Duration first,
    @Nullable Duration every,
    @Nullable Duration until,
    Happening happening,
    String text) {

  /** Reads one from after {@code at} or {@code every} on. */
  static Planned parse(boolean repeated, Words words, String text) {
    if (!repeated) {
      Duration at = words.length();
      return new Planned(at, null, null, parseHappening(words), text);
    }
    Duration every = words.length();
    if (every.isZero()) {
      throw words.back("expected a duration above 0");
    }
    Duration from = words.take("from") ? words.length() : every;
    Duration until = words.take("until") ? words.length() : null;
    return new Planned(from, every, until, parseHappening(words), text);
  }

  private static Happening parseHappening(Words words) {
    Happening happening = Happenings.parse(words);
    words.end();
    return happening;
  }
}
