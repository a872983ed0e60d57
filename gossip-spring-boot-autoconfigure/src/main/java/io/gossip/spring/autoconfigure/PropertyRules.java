package io.gossip.spring.autoconfigure;

import io.gossip.spring.GossipProperties;
import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.time.Duration;

/** What a property's value must be like. */
final class PropertyRules {

  private static final int MAX_SCORE = 1_000_000;
  private static final int MAX_HALF_LIVES = 100;

  private PropertyRules() {}

  static void between(String property, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InvalidGossipPropertyException(property, value, "must be " + min + " to " + max);
    }
  }

  static void notNegative(String property, Duration value) {
    if (value.isNegative()) {
      throw new InvalidGossipPropertyException(property, value, "must not be negative");
    }
  }

  static void positive(String property, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new InvalidGossipPropertyException(property, value, "must be longer than 0");
    }
  }

  /** Numbers by which something can be damped, and comes back. */
  static void flapDamping(GossipProperties.FlapDamping damping) {
    String prefix = "gossip.loadbalancer.flap-damping.";
    positive(prefix + "half-life", damping.halfLife());
    between(prefix + "reuse", damping.reuse(), 1, MAX_SCORE);
    between(prefix + "suppress", damping.suppress(), 1, MAX_SCORE);
    if (damping.suppress() <= damping.reuse()) {
      throw new InvalidGossipPropertyException(
          prefix + "suppress", damping.suppress(), "must exceed " + prefix + "reuse");
    }
    Duration least = leastMaxSuppress(damping);
    if (damping.maxSuppress().compareTo(least) <= 0) {
      throw new InvalidGossipPropertyException(
          prefix + "max-suppress",
          damping.maxSuppress(),
          "must be longer than the " + least + " in which a score falls from suppress to reuse");
    }
    if (damping.maxSuppress().dividedBy(damping.halfLife()) > MAX_HALF_LIVES) {
      throw new InvalidGossipPropertyException(
          prefix + "max-suppress",
          damping.maxSuppress(),
          "must be at most " + MAX_HALF_LIVES + " times " + prefix + "half-life");
    }
  }

  /** A score is bounded so that it falls to reuse in max-suppress, and must reach suppress. */
  private static Duration leastMaxSuppress(GossipProperties.FlapDamping damping) {
    double halfLives = Math.log((double) damping.suppress() / damping.reuse()) / Math.log(2);
    return Duration.ofMillis((long) (halfLives * damping.halfLife().toMillis()));
  }
}
