package io.gossip.membership;

import io.gossip.membership.TrailEntry.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event is to be explained with: evidence in sentences without a full stop. */
final class Reasons {

  /** Accusers that are named for one kind of evidence; the others are counted. */
  private static final int NAMED = 3;

  private Reasons() {}

  static String suspected(List<Accusation> accusations, List<TrailEntry> trail) {
    String found = findings(accusations);
    TrailEntry last = last(trail, Step.ACCUSED);
    return last == null || last.timer() == null ? found : found + "; " + last.detail();
  }

  static String recovered(List<TrailEntry> trail) {
    TrailEntry last = last(trail, Step.REFUTED);
    return last == null ? "it showed that it lives" : last.detail();
  }

  static String failed(List<Accusation> accusations, Duration took, List<TrailEntry> trail) {
    TrailEntry verdict = last(trail, Step.DEAD);
    String how = verdict == null ? "a peer declared it dead" : verdict.detail();
    if (accusations.isEmpty()) {
      return how;
    }
    String after = took.isZero() ? "" : " (" + took.toMillis() + " ms after the first sign)";
    return findings(accusations) + (verdict == null ? "" : "; " + how) + after;
  }

  /** Who found what: the weightiest evidence first. */
  private static String findings(List<Accusation> accusations) {
    Map<Evidence, List<String>> accusers = new EnumMap<>(Evidence.class);
    for (Accusation each : accusations) {
      accusers.computeIfAbsent(each.evidence(), kind -> new ArrayList<>()).add(each.accuser());
    }
    StringBuilder text = new StringBuilder();
    Evidence[] kinds = Evidence.values();
    for (int i = kinds.length - 1; i >= 0; i--) {
      List<String> names = accusers.get(kinds[i]);
      if (names != null) {
        text.append(text.isEmpty() ? "" : "; ").append(kinds[i].sentence());
        text.append(", as found by ").append(enumeration(names));
      }
    }
    return text.toString();
  }

  private static String enumeration(List<String> names) {
    int named = names.size() > NAMED + 1 ? NAMED : names.size();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < named; i++) {
      boolean isLast = i == names.size() - 1;
      text.append(i == 0 ? "" : isLast ? " and " : ", ").append(names.get(i));
    }
    if (named < names.size()) {
      text.append(" and ").append(names.size() - named).append(" others");
    }
    return text.toString();
  }

  private static @Nullable TrailEntry last(List<TrailEntry> trail, Step step) {
    for (int i = trail.size() - 1; i >= 0; i--) {
      if (trail.get(i).step() == step) {
        return trail.get(i);
      }
    }
    return null;
  }
}
