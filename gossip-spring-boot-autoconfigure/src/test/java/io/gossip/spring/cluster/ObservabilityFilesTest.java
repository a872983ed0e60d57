package io.gossip.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dashboard and alert rules, against what Prometheus gets from an application. */
class ObservabilityFilesTest {

  private static final Path FOLDER = Path.of("..", "docs", "observability");

  /** What Prometheus adds to all it scrapes. */
  private static final Set<String> ITS_OWN = Set.of("instance", "job");

  /** The query of a variable: the label of some series. */
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private static final Pattern AGGREGATION = Pattern.compile("(?<![:\\w])(?:sum|max|min|avg)\\b");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(cluster\\b");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Pattern TEMPLATE = Pattern.compile("\\$labels\\.(\\w+)");

  /** Labels of each metric, and the values that each has. */
  private static final Map<String, Map<String, Set<String>>> SCRAPED = new LinkedHashMap<>();

  private static JsonNode dashboard;
  private static List<JsonNode> rules;
  private static Map<String, Set<String>> prometheusNames;

  @BeforeAll
  static void scrape() throws IOException {
    dashboard =
        JsonMapper.shared().readTree(Files.readAllBytes(FOLDER.resolve("grafana-dashboard.json")));
    rules = rules(Files.readString(FOLDER.resolve("prometheus-rules.yml")));
    try (Observed application = new Observed()) {
      List<Observed.Sample> samples = application.scrape();
      for (Observed.Sample sample : samples) {
        Map<String, Set<String>> labels =
            SCRAPED.computeIfAbsent(sample.name(), name -> new LinkedHashMap<>());
        sample.labels().forEach((k, v) -> labels.computeIfAbsent(k, key -> new TreeSet<>()).add(v));
      }
      prometheusNames =
          application.meters().stream()
              .map(meter -> meter.getId().getName())
              .distinct()
              .collect(
                  Collectors.toMap(name -> name, name -> MetersPage.prometheus(name, samples)));
    }
  }

  @AfterAll
  static void forget() {
    SCRAPED.clear();
  }

  private static List<JsonNode> rules(String text) {
    Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode group : JsonMapper.shared().valueToTree(file).path("groups")) {
      assertThat(group.path("name").asString()).isNotBlank();
      group.path("rules").forEach(all::add);
    }
    return all;
  }

  @Test
  void everyPanelAsksForWhatThereIs() {
    List<JsonNode> targets =
        dashboard.findValues("targets").stream().flatMap(t -> t.valueStream()).toList();
    assertThat(targets).hasSizeGreaterThan(40);
    for (JsonNode target : targets) {
      String expression = target.path("expr").asString();
      PromQl asked = check(expression, Set.of());
      assertThat(names(asked)).as(expression).isNotEmpty();
      Set<String> legend = found(LEGEND, target.path("legendFormat").asString());
      assertThat(labels(asked)).as(expression).containsAll(legend);
    }
  }

  @Test
  void everyVariableAsksForWhatThereIs() {
    List<String> queries =
        dashboard
            .at("/templating/list")
            .valueStream()
            .filter(variable -> variable.path("type").asString().equals("query"))
            .map(variable -> variable.at("/query/query").asString())
            .toList();
    assertThat(queries).hasSize(3);
    for (String query : queries) {
      var parts = LABEL_VALUES.matcher(query);
      assertThat(parts.matches()).as(query).isTrue();
      assertThat(labels(check(parts.group(1), Set.of()))).contains(parts.group(2));
    }
  }

  @Test
  void everyMeterIsOnTheDashboardOrSaidNotToBe() {
    Set<String> charted = new HashSet<>();
    for (JsonNode targets : dashboard.findValues("targets")) {
      targets.forEach(
          target -> charted.addAll(names(PromQl.parse(target.path("expr").asString()))));
    }
    Set<String> missing =
        prometheusNames.entrySet().stream()
            .filter(meter -> meter.getValue().stream().noneMatch(charted::contains))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(MetersPage.notCharted()).isEqualTo(missing);
  }

  @Test
  void panelsAreTellable() {
    List<JsonNode> panels = dashboard.path("panels").valueStream().toList();
    assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).extracting(panel -> panel.path("title").asString()).doesNotHaveDuplicates();
    assertThat(panels)
        .filteredOn(panel -> panel.path("type").asString().equals("row"))
        .extracting(panel -> panel.path("title").asString())
        .containsExactly(
            "Membership",
            "Detection",
            "Convergence",
            "Traffic",
            "Refusals and drops",
            "The application");
    assertThat(panels)
        .filteredOn(panel -> !panel.path("type").asString().equals("row"))
        .allSatisfy(
            panel -> {
              assertThat(panel.path("description").asString()).isNotBlank();
              assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
            });
  }

  @Test
  void noTwoPanelsLieOnEachOther() {
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode grid = panel.path("gridPos");
      assertThat(grid.path("x").asInt() + grid.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < grid.path("w").asInt(); x++) {
        for (int y = 0; y < grid.path("h").asInt(); y++) {
          assertThat(cells.add((grid.path("x").asInt() + x) + "/" + (grid.path("y").asInt() + y)))
              .as(panel.path("title").asString())
              .isTrue();
        }
      }
    }
  }

  @Test
  void everyRuleAsksForWhatThereIs() {
    assertThat(rules).hasSizeGreaterThan(15);
    Set<String> recorded = new HashSet<>();
    for (JsonNode rule : rules) {
      String expression = rule.path("expr").asString();
      assertThat(names(check(expression, recorded))).as(expression).isNotEmpty();
      if (rule.has("record")) {
        recorded.add(rule.path("record").asString());
      }
    }
  }

  @Test
  void noRuleTakesOneClusterForAnother() {
    for (JsonNode rule : rules) {
      String expression = rule.path("expr").asString();
      long grouped = GROUPING.matcher(expression).results().count();
      int matched = expression.split("\\bon \\(", -1).length - 1;
      assertThat(AGGREGATION.matcher(expression).results().count() + matched)
          .as(expression)
          .isEqualTo(grouped);
    }
  }

  @Test
  void everyPanelIsOfOneCluster() {
    for (JsonNode targets : dashboard.findValues("targets")) {
      for (JsonNode target : targets) {
        String expression = target.path("expr").asString();
        assertThat(PromQl.parse(expression).selectors())
            .as(expression)
            .allSatisfy(
                selector ->
                    assertThat(selector.conditions())
                        .extracting(PromQl.Condition::label)
                        .contains(Observed.CLUSTER));
      }
    }
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatToDo() {
    List<JsonNode> alerts = rules.stream().filter(rule -> rule.has("alert")).toList();
    assertThat(alerts).extracting(alert -> alert.path("alert").asString()).doesNotHaveDuplicates();
    for (JsonNode alert : alerts) {
      PromQl asked = PromQl.parse(alert.path("expr").asString());
      assertThat(alert.at("/labels/severity").asString()).isIn("critical", "warning", "info");
      assertThat(alert.at("/annotations/summary").asString()).isNotBlank();
      assertThat(alert.at("/annotations/description").asString()).hasSizeGreaterThan(80);
      assertThat(known(asked)).containsAll(found(TEMPLATE, alert.path("annotations").toString()));
    }
  }

  /** The labels that what comes of an expression can have. */
  private static Set<String> known(PromQl asked) {
    if (!asked.groupedBy().isEmpty()) {
      return asked.groupedBy();
    }
    return asked.selectors().stream().anyMatch(s -> s.metric().contains(":"))
        ? Set.of(Observed.CLUSTER, Observed.APPLICATION) // those of its rule, which all have
        : labels(asked);
  }

  private static PromQl check(String expression, Set<String> recorded) {
    PromQl asked = PromQl.parse(expression);
    for (PromQl.Selector selector : asked.selectors()) {
      if (selector.metric().contains(":")) {
        assertThat(recorded).contains(selector.metric());
        continue;
      }
      assertThat(SCRAPED).as(expression).containsKey(selector.metric());
      for (PromQl.Condition condition : selector.conditions()) {
        check(expression, selector.metric(), condition);
      }
    }
    if (asked.selectors().stream().noneMatch(s -> s.metric().contains(":"))) {
      assertThat(labels(asked)).as(expression).containsAll(asked.groupedBy());
    }
    return asked;
  }

  private static void check(String expression, String metric, PromQl.Condition condition) {
    if (!ITS_OWN.contains(condition.label())) {
      Map<String, Set<String>> labels = SCRAPED.getOrDefault(metric, Map.of());
      assertThat(labels).as(expression).containsKey(condition.label());
      assertThat(labels.getOrDefault(condition.label(), Set.of()))
          .as(expression)
          .containsAll(condition.values());
    }
  }

  private static Set<String> names(PromQl asked) {
    return asked.selectors().stream()
        .map(PromQl.Selector::metric)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Labels of the series that it asks for. */
  private static Set<String> labels(PromQl asked) {
    Set<String> labels = new TreeSet<>(ITS_OWN);
    for (String name : names(asked)) {
      labels.addAll(SCRAPED.getOrDefault(name, Map.of()).keySet());
    }
    return labels;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(f -> f.group(1)).collect(Collectors.toSet());
  }
}
