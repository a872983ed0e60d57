package io.gossip.spring.cluster;

import io.gossip.spring.service.ServiceStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page on meters: what it says, and what it has to say. */
final class MetersPage {

  static final Path PAGE = Path.of("..", "docs", "observability", "METERS.md");

  private static final Pattern NAME = Pattern.compile("`(gossip\\.[a-z.]+)`");

  private MetersPage() {}

  /** The rows of its tables of meters. */
  static List<String> rows() {
    return text().lines().filter(line -> line.startsWith("| `gossip.")).toList();
  }

  /** The meters that it says are on no chart. */
  static Set<String> notCharted() {
    String page = text();
    int begin = page.indexOf("## Not on the dashboard");
    String section = page.substring(begin, page.indexOf("\n## ", begin + 1));
    return NAME.matcher(section).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static String text() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows that it should have, one for each name. */
  static List<String> rows(List<Meter> meters, List<Observed.Sample> samples) {
    Map<String, List<Meter>> byName =
        meters.stream()
            .collect(
                Collectors.groupingBy(
                    meter -> meter.getId().getName(), TreeMap::new, Collectors.toList()));
    return byName.entrySet().stream().map(e -> row(e.getKey(), e.getValue(), samples)).toList();
  }

  private static String row(String name, List<Meter> meters, List<Observed.Sample> samples) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            one(meters.stream().map(MetersPage::type).collect(Collectors.toSet())),
            one(meters.stream().map(MetersPage::unit).collect(Collectors.toSet())),
            tags(meters),
            one(
                meters.stream()
                    .map(m -> Objects.requireNonNull(m.getId().getDescription()))
                    .collect(Collectors.toSet())),
            prometheus(name, samples).stream()
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining(", ")));
  }

  private static String one(Set<String> values) {
    if (values.size() != 1) {
      throw new AssertionError("meters of one name differ: " + values);
    }
    return values.iterator().next();
  }

  private static String type(Meter meter) {
    if (meter instanceof Timer || meter instanceof FunctionTimer) {
      return "timer";
    } else if (meter instanceof Counter || meter instanceof FunctionCounter) {
      return "counter";
    } else if (meter instanceof Gauge) {
      return "gauge";
    }
    throw new AssertionError(meter.getId() + " is of no type that is known here");
  }

  private static String unit(Meter meter) {
    String unit = meter.getId().getBaseUnit();
    return unit == null ? "–" : unit;
  }

  private static String tags(List<Meter> meters) {
    Map<String, Set<String>> values = new TreeMap<>();
    for (Meter meter : meters) {
      for (Tag tag : meter.getId().getTags()) {
        values.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue());
      }
    }
    values.remove(Observed.APPLICATION);
    values.remove(Observed.CLUSTER);
    values.computeIfPresent("service", (key, seen) -> Set.of("names of services, _others"));
    values.computeIfPresent("status", (key, seen) -> statuses());
    return values.isEmpty()
        ? "–"
        : values.entrySet().stream()
            .map(tag -> "`" + tag.getKey() + "`: " + String.join(", ", tag.getValue()))
            .collect(Collectors.joining("; "));
  }

  /** Not all of them can be seen in one application. */
  private static Set<String> statuses() {
    return Arrays.stream(ServiceStatus.values())
        .map(status -> status.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names that a meter has with Prometheus. */
  static Set<String> prometheus(String name, List<Observed.Sample> samples) {
    Pattern family =
        Pattern.compile(name.replace('.', '_') + "(_seconds|_bytes)?(_total|_count|_sum|_max)?");
    return samples.stream()
        .map(Observed.Sample::name)
        .filter(sample -> family.matcher(sample).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
