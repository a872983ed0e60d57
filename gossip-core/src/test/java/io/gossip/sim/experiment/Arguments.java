package io.gossip.sim.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an experiment was told on its command line: names with values, all with a default. */
final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @param options names with their defaults, and remarks if there are any
   * @return {@code null} if only help was wanted, which has been printed
   * @throws IllegalArgumentException if a name is not among the options
   */
  static @Nullable Arguments parse(List<String> options, String... args) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : options) {
      String[] words = option.split(" ", -1);
      values.put(words[0], words[1]);
    }
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].replaceFirst("^--", "");
      if (name.equals("help")) {
        options.forEach(option -> System.out.println("--" + option));
        return null;
      }
      if (!values.containsKey(name) || i + 1 == args.length) {
        throw new IllegalArgumentException("--" + name + " must be one of " + options);
      }
      values.put(name, args[i + 1]);
    }
    return new Arguments(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no option " + name);
    }
    return value;
  }

  /** Words with commas in between. */
  List<String> list(String name) {
    return List.of(text(name).split(",", -1));
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }
}
