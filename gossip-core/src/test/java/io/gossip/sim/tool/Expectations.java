package io.gossip.sim.tool;

import io.gossip.sim.tool.Expectation.Outcome;
import io.gossip.swim.SwimStats.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads expectations. */
final class Expectations {
  private static final String FORMS =
      "expected update, updates, false, deaths, crashes, bytes, packets, views, events, counter or"
          + " members";

  private Expectations() {}

  /** Reads one, from after {@code expect} on. */
  static Expectation parse(Words words) {
    return switch (words.word("what")) {
      case "update" -> update(words);
      case "updates" -> updates(words);
      case "false" -> falseDeaths(words);
      case "deaths" -> afflicted(words);
      case "crashes" -> crashes(words);
      case "bytes" -> bytes(words);
      case "packets" -> packets(words);
      case "views" -> views(words);
      case "events" -> events(words);
      case "counter" -> counter(words);
      case "members" -> members(words);
      default -> throw words.back(FORMS);
    };
  }

  // Spread

  /** {@code update reaches 99% within 10s}: every marked update. */
  private static Expectation update(Words words) {
    words.expect("reaches");
    double share = words.share();
    Duration limit = words.expect("within").length();
    return world ->
        time(
            "each update known to " + Format.share(share),
            world.spread().marks().isEmpty()
                ? null
                : world.spread().slowest(share, world.residents()),
            limit);
  }

  /** {@code updates 99% reach 100% within 5s}: all but a few of the marked updates. */
  private static Expectation updates(Words words) {
    double portion = words.share();
    words.expect("reach");
    double share = words.share();
    Duration limit = words.expect("within").length();
    String what = Format.share(portion) + " of updates known to " + Format.share(share);
    return world -> {
      List<@Nullable Duration> times = new ArrayList<>();
      for (Spread.Mark mark : world.spread().marks()) {
        times.add(mark.reached(share, world.residents()));
      }
      return time(what, Times.quantile(times, portion), limit);
    };
  }

  // Deaths

  /** {@code false deaths 0}, {@code false deaths by healthy at most 3}. */
  private static Expectation falseDeaths(Words words) {
    words.expect("deaths");
    ToLongFunction<Deaths> which = Deaths::ofHealthy;
    String by = "";
    if (words.take("by", "healthy")) {
      which = deaths -> deaths.count(Deaths.Kind.BY_HEALTHY);
      by = " by healthy nodes";
    } else if (words.take("across", "cuts")) {
      which = deaths -> deaths.count(Deaths.Kind.ACROSS_CUTS);
      by = " across cuts";
    } else if (words.take("inside")) {
      which = deaths -> deaths.ofHealthy() - deaths.count(Deaths.Kind.ACROSS_CUTS);
      by = " on one side of a cut";
    }
    ToLongFunction<Deaths> counted = which;
    return atMost("false deaths" + by, world -> counted.applyAsLong(world.deaths()), words);
  }

  /** {@code deaths of afflicted at most 0}. */
  private static Expectation afflicted(Words words) {
    words.expect("of", "afflicted");
    return atMost(
        "deaths of afflicted nodes",
        world -> world.deaths().count(Deaths.Kind.OF_AFFLICTED),
        words);
  }

  /** {@code crashes noticed within 10s}, {@code crashes known to all within 20s}. */
  private static Expectation crashes(Words words) {
    boolean all = words.take("known", "to", "all");
    if (!all && !words.take("noticed")) {
      throw words.complaint("expected \"noticed\" or \"known to all\"");
    }
    Duration limit = words.expect("within").length();
    String what = all ? "each crash known to all" : "each crash noticed by somebody";
    return world -> {
      List<@Nullable Duration> times =
          all ? world.deaths().untilAll(world.residents()) : world.deaths().untilFirst();
      return time(what, Times.quantile(times, 1), limit);
    };
  }

  // Traffic

  /**
   * {@code bytes per second below 50KB}, with {@code of seeds}, {@code of others}, {@code over
   * 10s}.
   */
  private static Expectation bytes(Words words) {
    if (words.take("at", "rest")) {
      long limit = words.expect("below").bytes();
      return world -> {
        double mean = world.traffic().restBytes();
        return new Outcome(
            "bytes/s per node at rest, mean",
            Format.decimal(mean, 1) + " B",
            "< " + limit + " B",
            mean < limit);
      };
    }
    words.expect("per", "second");
    Function<Traffic, Traffic.Peak> which = Traffic::all;
    String of = "any node in any second";
    if (words.take("of", "seeds")) {
      which = Traffic::seeds;
      of = "any seed in any second";
    } else if (words.take("of", "others")) {
      which = Traffic::others;
      of = "any node but the seeds in any second";
    } else if (words.take("over", "10s")) {
      which = Traffic::window;
      of = "any node over any 10 s";
    }
    long limit = words.expect("below").bytes();
    Function<Traffic, Traffic.Peak> peak = which;
    String what = "bytes/s, " + of;
    return world -> {
      Traffic.Peak most = peak.apply(world.traffic());
      return new Outcome(what, most.toString(), "< " + limit + " B", most.value() < limit);
    };
  }

  /** {@code packets at rest below 6}: per node and second. */
  private static Expectation packets(Words words) {
    words.expect("at", "rest", "below");
    double limit = words.decimal();
    return world -> {
      double mean = world.traffic().restPackets();
      return new Outcome(
          "packets/s per node at rest, mean",
          Format.decimal(mean, 2),
          "< " + Format.decimal(limit, 2),
          mean < limit);
    };
  }

  // Views

  /** {@code views equal at the end}, {@code views equal within 30s after heal}. */
  private static Expectation views(Words words) {
    words.expect("equal");
    if (words.take("at", "the", "end")) {
      return world -> {
        boolean equal = world.divergence().equal(world.sim().running());
        return new Outcome("views at the end", equal ? "equal" : "differ", "equal", equal);
      };
    }
    Duration limit = words.expect("within").length();
    words.expect("after");
    String moment = words.word("a moment, such as heal");
    if (!List.of("start", "update", "crash", "restart", "leave", "join", "cut", "heal", "recovery")
        .contains(moment)) {
      throw words.back(
          "expected start, update, crash, restart, leave, join, cut, heal or recovery");
    }
    return world ->
        time("all views equal after the last " + moment, world.divergence().after(moment), limit);
  }

  /** {@code members 500 at the end}: everybody's view has so many. */
  private static Expectation members(Words words) {
    int wanted = words.count(1);
    words.expect("at", "the", "end");
    return world -> {
      long wrong =
          world.sim().running().stream()
              .filter(node -> node.view().members().size() != wanted)
              .count();
      return new Outcome(
          "views without exactly " + wanted + " members at the end",
          Long.toString(wrong),
          "0",
          wrong == 0);
    };
  }

  // Counts

  /** {@code events Suspected at most 0}. */
  private static Expectation events(Words words) {
    String type = words.word("the name of a kind of event");
    return atMost("events " + type, world -> world.tally().events(type), words);
  }

  /** {@code counter REFUTATIONS at most 10}: all nodes together. */
  private static Expectation counter(Words words) {
    String name = words.word("the name of a counter");
    for (Counter counter : Counter.values()) {
      if (counter.name().equals(name)) {
        return atMost("counter " + name, world -> world.tally().sum(counter), words);
      }
    }
    throw words.back("no such counter; there are " + Arrays.toString(Counter.values()));
  }

  /** What follows is {@code at most 3}, {@code at least 3} or just {@code 3}. */
  private static Expectation atMost(String what, ToLongFunction<World> measure, Words words) {
    boolean least = words.take("at", "least");
    boolean most = !least && words.take("at", "most");
    int limit = words.count(0);
    String goal = String.format(Locale.ROOT, "%s%d", least ? "≥ " : most ? "≤ " : "", limit);
    return world -> {
      long measured = measure.applyAsLong(world);
      boolean met = least ? measured >= limit : most ? measured <= limit : measured == limit;
      return new Outcome(what, Long.toString(measured), goal, met);
    };
  }

  private static Outcome time(String what, @Nullable Duration took, Duration limit) {
    boolean met = took != null && took.compareTo(limit) <= 0;
    return new Outcome(what, Format.time(took), "≤ " + Format.time(limit), met);
  }
}
