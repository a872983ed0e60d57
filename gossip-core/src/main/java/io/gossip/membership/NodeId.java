package io.gossip.membership;

/**
 * The name of a member, unique in its cluster: 1 to {@value #MAX_BYTES} bytes of UTF-8 without
 * whitespace or control characters.
 *
 * <p>A record of the membership list is kept under this name; the address is only an attribute. One
 * name may be used by successive processes, told apart by their generation (see {@link Identity}).
 */
public record NodeId(String value) implements Comparable<NodeId> {

  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 128;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is empty, too long, or has whitespace or control
   *     characters in it
   */
  public NodeId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "node id must be 1 to "
              + MAX_BYTES
              + " bytes of UTF-8 without whitespace or control characters, but was '"
              + value
              + "'");
    }
  }

  /** Whether {@code value} can be a node id. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_BYTES) {
      return false;
    }
    int bytes = value.length(); // and more, as far as they are not ASCII
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2; // a surrogate pair: two chars, four bytes
      }
      if (Character.isISOControl(c) || Character.isWhitespace(c)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return bytes <= MAX_BYTES;
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
