package io.gossip.spring.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an expression of Prometheus' language asks of our time series. */
record PromQl(List<Selector> selectors, Set<String> groupedBy) {

  /** Time series of one name. */
  record Selector(String metric, List<Condition> conditions) {}

  /** What a label of theirs has to be; {@code values} are the words of the pattern. */
  record Condition(String label, List<String> values) {}

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:\\w+:)?gossip_\\w+(?::\\w+)?)\\s*(?:\\{([^}]*)})?");
  private static final Pattern CONDITION =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

  static PromQl parse(String expression) {
    List<Selector> selectors =
        SELECTOR
            .matcher(expression)
            .results()
            .map(found -> new Selector(found.group(1), conditions(found.group(2))))
            .toList();
    Set<String> labels = new TreeSet<>();
    for (MatchResult found : GROUPING.matcher(expression).results().toList()) {
      labels.addAll(List.of(found.group(1).trim().split("\\s*,\\s*")));
    }
    return new PromQl(selectors, labels);
  }

  private static List<Condition> conditions(String text) {
    List<Condition> conditions = new ArrayList<>();
    if (text != null) {
      for (MatchResult found : CONDITION.matcher(text).results().toList()) {
        String value = found.group(2);
        boolean isVariable = value.contains("$");
        conditions.add(
            new Condition(found.group(1), isVariable ? List.of() : List.of(value.split("\\|"))));
      }
    }
    return conditions;
  }
}
