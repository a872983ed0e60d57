package io.gossip.spring.diagnostics;

/** What is to be announced is larger than a member's state may be. Nothing has been started. */
public final class MetadataTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String property;
  private final String what;
  private final int size;
  private final int limit;
  private final String unit;

  /**
   * Names the property and the limit.
   *
   * @param what the part that is too large, as "value"
   */
  public MetadataTooLargeException(String property, String what, int size, int limit, String unit) {
    super("the " + what + " of " + property + " has " + size + " " + unit + ", limit " + limit);
    this.property = property;
    this.what = what;
    this.size = size;
    this.limit = limit;
    this.unit = unit;
  }

  /** The property at fault. */
  public String property() {
    return property;
  }

  /** The part of it that is too large. */
  public String what() {
    return what;
  }

  /** How large it is. */
  public int size() {
    return size;
  }

  /** How large it may be. */
  public int limit() {
    return limit;
  }

  /** What size and limit count. */
  public String unit() {
    return unit;
  }
}
