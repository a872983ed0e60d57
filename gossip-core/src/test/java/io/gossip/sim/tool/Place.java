package io.gossip.sim.tool;

import java.util.Locale;

/**
 * A part of the world's nodes, by what it is and its name.
 *
 * @param name empty where the kind says it all
 */
record Place(Kind kind, String name) {

  /** What a place is. */
  enum Kind {
    ALL,
    SEEDS,
    REGION,
    ZONE,
    GROUP,
    NODE
  }

  static final Place ALL = new Place(Kind.ALL, "");

  /** Reads one, such as {@code region c}. */
  static Place parse(Words words) {
    String kind = words.word("all, seeds, region …, zone …, group … or node …");
    return switch (kind) {
      case "all" -> ALL;
      case "seeds" -> new Place(Kind.SEEDS, "");
      case "region" -> region(words);
      case "zone" -> words.mention(new Place(Kind.ZONE, words.word("the name of a zone")));
      case "group" -> words.mention(new Place(Kind.GROUP, words.word("the name of a group")));
      case "node" -> new Place(Kind.NODE, Integer.toString(words.count(1)));
      default ->
          throw words.back("expected all, seeds, region …, zone …, group …, node …, 1% or 3 nodes");
    };
  }

  /** Reads the name of a region. */
  static Place region(Words words) {
    return words.mention(new Place(Kind.REGION, words.word("the name of a region")));
  }

  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return name.isEmpty() ? word : word + " " + name;
  }
}
