package io.gossip.spring.autoconfigure;

import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The names of the properties that exist, to find the one that was meant. */
final class PropertyNames {

  private final Set<String> names = new TreeSet<>();

  /**
   * Reads the names off the records.
   *
   * @param bound prefix and the record that is bound there
   */
  PropertyNames(Map<String, Class<?>> bound) {
    bound.forEach(this::add);
  }

  private void add(String prefix, Class<?> type) {
    for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
      String name = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
      if (parameter.getType().isRecord()) {
        add(name, parameter.getType());
      } else {
        names.add(name);
      }
    }
  }

  /**
   * The name that is most like it: one that ends alike, or goes on where it ends, or differs in no
   * more than a quarter of its letters.
   *
   * @return {@code null} if none is
   */
  @Nullable String closest(String wrong) {
    String end = wrong.substring(wrong.lastIndexOf('.'));
    String closest = null;
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(wrong, name);
      boolean close =
          name.endsWith(end) || name.startsWith(wrong) || distance * 4 <= wrong.length();
      if (close && distance < least) {
        closest = name;
        least = distance;
      }
    }
    return closest;
  }

  /** Letters to insert, remove or exchange to make one of the other (Levenshtein). */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
