package io.gossip.sim;

import io.gossip.sim.Schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing schedule smaller while it fails by the same rule: leaves out steps by delta
 * debugging, then processes, then time.
 */
final class Shrinker {
  private static final Pattern RULE = Pattern.compile("\\b[SBL]\\d+\\b");

  private final Function<Schedule, @Nullable String> failure;
  private int triesLeft;

  /**
   * Sets the means.
   *
   * @param failure plays a schedule; what went wrong, {@code null} if nothing did
   * @param tries how many may be played
   */
  Shrinker(Function<Schedule, @Nullable String> failure, int tries) {
    this.failure = failure;
    triesLeft = tries;
  }

  /** The rule that a message says was broken: S8, or its first words where it names none. */
  static String rule(String message) {
    Matcher matcher = RULE.matcher(message);
    return matcher.find() ? matcher.group() : message.substring(0, Math.min(24, message.length()));
  }

  /** The smallest found that breaks the rule. */
  Schedule shrink(Schedule failing, String rule) {
    Schedule smallest = withFewerSteps(failing, rule);
    smallest = withFewerNodes(smallest, rule);
    smallest = withFewerSteps(smallest, rule);
    return sooner(smallest, rule);
  }

  private Schedule withFewerSteps(Schedule failing, String rule) {
    Schedule smallest = failing;
    int parts = 2;
    while (smallest.steps().size() >= 2 && parts <= smallest.steps().size()) {
      Schedule smaller = withoutOnePart(smallest, parts, rule);
      if (smaller != null) {
        smallest = smaller;
        parts = Math.max(2, parts - 1);
      } else if (parts == smallest.steps().size()) {
        break;
      } else {
        parts = Math.min(smallest.steps().size(), 2 * parts);
      }
    }
    return smallest;
  }

  private @Nullable Schedule withoutOnePart(Schedule failing, int parts, String rule) {
    List<Step> steps = failing.steps();
    for (int part = 0; part < parts; part++) {
      List<Step> rest = new ArrayList<>(steps.subList(0, part * steps.size() / parts));
      rest.addAll(steps.subList((part + 1) * steps.size() / parts, steps.size()));
      Schedule smaller = failing.withSteps(rest);
      if (fails(smaller, rule)) {
        return smaller;
      }
    }
    return null;
  }

  private Schedule withFewerNodes(Schedule failing, String rule) {
    Schedule smallest = failing;
    int tooFew = 1;
    while (tooFew + 1 < smallest.nodes()) {
      int fewer = tooFew + Math.max(1, (smallest.nodes() - tooFew) / 3);
      if (fails(smallest.withNodes(fewer), rule)) {
        smallest = smallest.withNodes(fewer);
      } else {
        tooFew = fewer;
      }
    }
    return smallest;
  }

  /** Each pause between two steps halved, as long as that goes. */
  private Schedule sooner(Schedule failing, String rule) {
    Schedule soonest = failing;
    int i = 0;
    while (i < soonest.steps().size()) {
      long before = i == 0 ? 0 : soonest.steps().get(i - 1).millis();
      long pause = soonest.steps().get(i).millis() - before;
      Schedule sooner = earlierFrom(soonest, i, pause / 2);
      if (pause >= 100 && fails(sooner, rule)) {
        soonest = sooner;
      } else {
        i++;
      }
    }
    return soonest;
  }

  private static Schedule earlierFrom(Schedule schedule, int index, long millis) {
    List<Step> steps = new ArrayList<>(schedule.steps());
    for (int i = index; i < steps.size(); i++) {
      Step step = steps.get(i);
      steps.set(i, new Step(step.millis() - millis, step.mishap(), step.draw()));
    }
    return schedule.withSteps(steps);
  }

  private boolean fails(Schedule schedule, String rule) {
    if (triesLeft == 0) {
      return false;
    }
    triesLeft--;
    String message = failure.apply(schedule);
    return message != null && rule(message).equals(rule);
  }
}
