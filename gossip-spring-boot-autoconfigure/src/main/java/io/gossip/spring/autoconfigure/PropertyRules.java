package io.gossip.spring.autoconfigure;

import io.gossip.spring.diagnostics.InvalidGossipPropertyException;
import java.time.Duration;

/** What a property's value must be like. */
final class PropertyRules {

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
}
