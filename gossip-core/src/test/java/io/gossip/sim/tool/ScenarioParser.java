package io.gossip.sim.tool;

import io.gossip.sim.Link;
import io.gossip.swim.SwimConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenarios: one statement a line, {@code #} begins a comment. A statement after {@code big}
 * counts only in the big version, one after {@code small} only in the small one. docs/SIMULATION.md
 * lists the statements.
 */
final class ScenarioParser {
  private static final int MOST_SEEDS = 10_000;

  /** Statements that may stand more than once. */
  private static final Set<String> REPEATABLE =
      Set.of("region", "link", "set", "state", "group", "at", "every", "expect");

  private final boolean small;
  private final Set<String> overridden;
  private final Set<String> seen = new HashSet<>();
  private String title = "";
  private List<Long> seeds = List.of(1L);
  private final List<Scenario.Region> regions = new ArrayList<>();
  private int seedNodes = 3;
  private Scenario.Start start = new Scenario.Start(Scenario.Start.Mode.ASSEMBLED, Duration.ZERO);
  private final Map<Scenario.Ways, Link> links = new LinkedHashMap<>();
  private Duration service = Duration.ZERO;
  private SwimConfig config = SwimConfig.lan();
  private final Map<String, String> state = new TreeMap<>();
  private Duration warmup = Duration.ofSeconds(10);
  private @Nullable Duration duration;
  private Scenario.@Nullable Span rest;
  private final Map<String, Who> groups = new LinkedHashMap<>();
  private final List<Words.Mention> mentions = new ArrayList<>();
  private final List<Planned> timetable = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();

  private ScenarioParser(boolean small, Set<String> overridden) {
    this.small = small;
    this.overridden = overridden;
  }

  /**
   * Reads a scenario.
   *
   * @param name of the file, for complaints
   * @param lines its lines
   * @param overrides statements that stand instead of those of the same name in the file, or, if
   *     their kind may stand more than once, beside them
   * @throws ScenarioException if something in it makes no sense
   */
  static Scenario parse(String name, List<String> lines, List<String> overrides, boolean small) {
    Set<String> overridden = new HashSet<>();
    for (String statement : overrides) {
      String first = statement.strip().split("\\s+", 2)[0];
      // Another layout of the world replaces the one in the file, be it many regions or one.
      overridden.addAll(
          first.equals("region") || first.equals("nodes")
              ? Set.of("region", "nodes")
              : Set.of(first));
    }
    overridden.removeIf(first -> REPEATABLE.contains(first) && !first.equals("region"));
    ScenarioParser parser = new ScenarioParser(small, overridden);
    for (int i = 0; i < lines.size(); i++) {
      parser.line(new Words(name + ":" + (i + 1), lines.get(i)), lines.get(i).strip(), false);
    }
    for (String statement : overrides) {
      parser.line(new Words("\"" + statement + "\"", statement), statement.strip(), true);
    }
    return parser.scenario(name);
  }

  private void line(Words words, String text, boolean override) {
    if (words.isEmpty()) {
      return;
    }
    boolean onlySmall = words.take("small");
    boolean onlyBig = !onlySmall && words.take("big");
    String kind = words.word("a statement");
    boolean counts = !(onlySmall && !small) && !(onlyBig && small);
    if (!override && overridden.contains(kind)) {
      return;
    }
    if (counts && !REPEATABLE.contains(kind) && !seen.add(kind)) {
      throw words.back("this statement may stand once");
    }
    // What does not count is read all the same, so that it cannot be wrong unseen.
    ScenarioParser target = counts ? this : new ScenarioParser(small, overridden);
    if (!counts) {
      target.config = config;
    }
    target.statement(kind, words, text);
    words.end();
    target.mentions.addAll(words.mentions());
  }

  private void statement(String kind, Words words, String text) {
    switch (kind) {
      case "title" -> title = words.rest("a title");
      case "seed" -> seeds = seeds(words);
      case "region" -> region(words);
      case "nodes" -> regions.add(new Scenario.Region("", 1, words.count(1)));
      case "seeds" -> seedNodes = words.count(1);
      case "start" -> start = start(words);
      case "link" -> links.put(ways(words), LinkWords.parse(words));
      case "service" -> service = words.length();
      case "profile" -> config = Settings.profile(words);
      case "set" -> config = Settings.set(config, words);
      case "state" -> state.put(words.word("a key"), words.rest("a value"));
      case "warmup" -> warmup = words.length();
      case "run" -> duration = words.length();
      case "rest" -> rest = span(words);
      case "group" -> group(words);
      case "at", "every" -> timetable.add(Planned.parse(kind.equals("every"), words, text));
      case "expect" -> expectations.add(Expectations.parse(words));
      default ->
          throw words.back(
              "no such statement; there are title, seed, region, nodes, seeds, start, link,"
                  + " service, profile, set, state, warmup, run, rest, group, at, every and"
                  + " expect");
    }
  }

  private static List<Long> seeds(Words words) {
    List<Long> seeds = new ArrayList<>();
    do {
      long first = words.number();
      long last = words.take("to") ? words.number() : first;
      if (last < first || last - first >= MOST_SEEDS) {
        throw words.back(
            "expected a number from " + first + " on, " + MOST_SEEDS + " seeds at most");
      }
      for (long seed = first; seed <= last; seed++) {
        seeds.add(seed);
      }
    } while (words.hasNext());
    return seeds;
  }

  private void region(Words words) {
    String name = words.word("the name of a region");
    int zones = words.count(1);
    if (!words.take("zones") && !words.take("zone")) {
      throw words.complaint("expected \"zones\"");
    }
    words.expect("of");
    int nodes = words.count(1);
    words.expect("nodes");
    regions.add(new Scenario.Region(name, zones, nodes));
  }

  private static Scenario.Start start(Words words) {
    return switch (words.word("assembled, joined or cold")) {
      case "assembled" -> new Scenario.Start(Scenario.Start.Mode.ASSEMBLED, Duration.ZERO);
      case "joined" -> new Scenario.Start(Scenario.Start.Mode.JOINED, Duration.ZERO);
      case "cold" ->
          new Scenario.Start(
              Scenario.Start.Mode.COLD, words.take("over") ? words.length() : Duration.ZERO);
      default -> throw words.back("expected assembled, joined or cold");
    };
  }

  private static Scenario.Ways ways(Words words) {
    if (words.take("same", "zone")) {
      return new Scenario.Ways(Scenario.Ways.Kind.SAME_ZONE, "", "");
    }
    if (words.take("same", "region")) {
      return new Scenario.Ways(Scenario.Ways.Kind.SAME_REGION, "", "");
    }
    if (words.take("everywhere")) {
      return new Scenario.Ways(Scenario.Ways.Kind.EVERYWHERE, "", "");
    }
    if (words.take("between", "regions")) {
      return new Scenario.Ways(Scenario.Ways.Kind.BETWEEN_REGIONS, "", "");
    }
    if (words.take("between")) {
      String one = Place.region(words).name();
      words.expect("and");
      String other = Place.region(words).name();
      return new Scenario.Ways(Scenario.Ways.Kind.BETWEEN_TWO, one, other);
    }
    throw words.complaint(
        "expected everywhere, same zone, same region, between regions or between … and …");
  }

  private static Scenario.Span span(Words words) {
    words.expect("from");
    Duration from = words.length();
    words.expect("until");
    Duration until = words.length();
    if (until.compareTo(from) <= 0) {
      throw words.back("expected a time after " + from);
    }
    return new Scenario.Span(from, until);
  }

  private void group(Words words) {
    String name = words.word("the name of a group");
    words.expect("is");
    groups.put(name, Who.parse(words));
  }

  private Scenario scenario(String name) {
    if (regions.isEmpty()) {
      throw new ScenarioException(name + ": says neither \"nodes\" nor \"region\"");
    }
    if (duration == null) {
      throw new ScenarioException(name + ": does not say for how long to \"run\"");
    }
    for (Words.Mention mention : mentions) {
      if (!exists(mention.place())) {
        throw mention.complaint();
      }
    }
    return new Scenario(
        title.isEmpty() ? name : title,
        seeds,
        regions,
        seedNodes,
        start,
        links,
        service,
        config,
        state,
        warmup,
        duration,
        rest,
        groups,
        timetable,
        expectations);
  }

  private boolean exists(Place place) {
    return switch (place.kind()) {
      case GROUP -> groups.containsKey(place.name());
      case REGION -> regions.stream().anyMatch(region -> region.name().equals(place.name()));
      case ZONE -> regions.stream().anyMatch(region -> region.hasZone(place.name()));
      case ALL, SEEDS, NODE -> true; // nodes may join
    };
  }
}
