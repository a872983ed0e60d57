package io.gossip.sim.experiment;

import io.gossip.swim.Rule;
import io.gossip.swim.SwimConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The state machine as an experiment runs it.
 *
 * @param name what the experiment calls it
 * @param change what is different from the defaults
 */
record Setup(String name, UnaryOperator<SwimConfigBuilder> change) {

  /** The bandwidth of those who know no cap, in bytes per second. */
  private static final int UNCAPPED = 1 << 30;

  /**
   * What Lifeguard's paper calls SWIM: memberlist without Lifeguard's extensions, α 5 and β 1 (§V).
   * It pings silent members over TCP, too, as memberlist does.
   */
  static final Setup SWIM = new Setup("swim", numbers -> swim(numbers).suspicionMaxMultiplier(1));

  /** Plain SWIM as its formulas have it: datagrams only, and suspicions that do not run out. */
  static Setup formula(int relays) {
    return new Setup(
        "formula-k" + relays,
        numbers ->
            swim(numbers)
                .relays(relays)
                .streamPing(false)
                .suspicionMultiplier(1_000)
                .gossipInterval(Duration.ofSeconds(1))
                .fanout(1));
  }

  /** Plain SWIM that is quick to forget the dead. */
  static final Setup QUICK =
      new Setup(
          "quick",
          numbers ->
              swim(numbers).streamPing(false).suspicionMultiplier(1).suspicionMaxMultiplier(1));

  /** Lifeguard with its paper's numbers: α 5, β 6, K 3, S 8. */
  static final Setup LIFEGUARD =
      new Setup(
          "lifeguard",
          numbers ->
              swim(numbers)
                  .suspicionMaxMultiplier(6)
                  .confirmations(3)
                  .maxLocalHealth(8)
                  .only(Rule.LOCAL_HEALTH, Rule.NACK, Rule.CONFIRMATIONS, Rule.BUDDY));

  /** Ours as it is shipped. */
  static final Setup OURS = new Setup("ours", numbers -> numbers);

  /** Ours with the numbers that SWIM and Lifeguard are given here: α 5, β 6, K 3. */
  static final Setup OURS_5 =
      new Setup("ours-alpha5", numbers -> numbers.suspicionMultiplier(5).confirmations(3));

  private static SwimConfigBuilder swim(SwimConfigBuilder numbers) {
    return numbers.watchLinks(0).suspicionMultiplier(5).bandwidth(UNCAPPED).only();
  }

  /** Another setup with one rule switched off. */
  Setup without(Rule rule) {
    String off = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Setup(name + "-no-" + off, numbers -> change.apply(numbers).without(rule));
  }

  /**
   * The setup of this name; "each" is ours with each rule switched off in turn, "each5" the same at
   * α 5.
   *
   * @throws IllegalArgumentException if there is none
   */
  static List<Setup> named(String name) {
    List<Setup> found = new ArrayList<>();
    for (Setup setup : List.of(SWIM, LIFEGUARD, OURS, OURS_5)) {
      if (setup.name.equals(name)) {
        found.add(setup);
      }
      for (Rule rule : Rule.values()) {
        Setup other = setup.without(rule);
        boolean each =
            name.equals(setup.equals(OURS) ? "each" : setup.equals(OURS_5) ? "each5" : "");
        if (each || other.name.equals(name)) {
          found.add(other);
        }
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no setup " + name);
    }
    return found;
  }
}
