package io.gossip.spring.diagnostics;

/** A property has a value it cannot have. Nothing has been started. */
public final class InvalidGossipPropertyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String property;
  private final String value;
  private final String rule;

  /**
   * Names the property and what is wrong.
   *
   * @param rule what the value must do, to follow the property's name
   */
  public InvalidGossipPropertyException(String property, Object value, String rule) {
    super(property + " " + rule + ", but was '" + value + "'");
    this.property = property;
    this.value = String.valueOf(value);
    this.rule = rule;
  }

  /** The property's name. */
  public String property() {
    return property;
  }

  /** The value it has. */
  public String value() {
    return value;
  }

  /** What the value must do. */
  public String rule() {
    return rule;
  }
}
