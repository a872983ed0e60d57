package io.gossip.bench.siege;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link Garrison} says of itself at one moment: numbers by name. */
record Sample(Map<String, Long> values) {

  /** Parses {@code name=1 other=2}. */
  static Sample parse(String line) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (String part : line.strip().split(" ", -1)) {
      int equals = part.indexOf('=');
      values.put(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
    }
    return new Sample(values);
  }

  long get(String name) {
    Long value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in " + values.keySet());
    }
    return value;
  }

  /** By how much it has grown since an earlier one. */
  long since(Sample earlier, String name) {
    return get(name) - earlier.get(name);
  }

  /** The growth of all whose names begin so. */
  long sinceAll(Sample earlier, String prefix) {
    return values.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .mapToLong(name -> since(earlier, name))
        .sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append('=').append(value).append(' '));
    return text.toString().strip();
  }
}
