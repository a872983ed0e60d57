package io.gossip.membership;

/**
 * The wire versions a member speaks, both ends included; each 1 to 255.
 *
 * @param min the oldest
 * @param max the newest
 */
public record ProtocolRange(int min, int max) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty or out of 1 to 255
   */
  public ProtocolRange {
    if (!isValid(min, max)) {
      throw new IllegalArgumentException(
          "protocol range must be 1 <= min <= max <= 255, but was " + min + " to " + max);
    }
  }

  /** Whether these are the ends of a range. */
  public static boolean isValid(int min, int max) {
    return min >= 1 && max <= 255 && min <= max;
  }

  /** Whether a member of this range and one of {@code other} have a version in common. */
  public boolean overlaps(ProtocolRange other) {
    return min <= other.max && other.min <= max;
  }

  @Override
  public String toString() {
    return min == max ? String.valueOf(min) : min + " to " + max;
  }
}
