package io.gossip.swim;

/**
 * Where to ask for the cluster: a host name or literal address, and a port.
 *
 * @param host as configured; every address it resolves to is asked; without brackets
 * @param port 1 to 65535
 */
public record Seed(String host, int port) {

  /**
   * Checks the seed.
   *
   * @throws IllegalArgumentException if the host is blank, or has blanks, brackets or control
   *     characters in it, or the port is not one
   */
  public Seed {
    if (host.isBlank()) {
      throw new IllegalArgumentException("seed must name a host");
    }
    if (!host.chars().allMatch(Seed::isOfAHost)) {
      throw new IllegalArgumentException(
          "seed's host must be without blanks, brackets and control characters, but was '"
              + host
              + "'");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("seed port must be 1 to 65535, but was " + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} or a bare IPv6 literal.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Seed parse(String text, int defaultPort) {
    String seed = text.trim();
    int closing = seed.indexOf(']');
    if (seed.startsWith("[") && closing > 0) {
      String host = seed.substring(1, closing);
      String rest = seed.substring(closing + 1);
      if (rest.isEmpty()) {
        return new Seed(host, defaultPort);
      }
      if (rest.startsWith(":")) {
        return new Seed(host, port(text, rest.substring(1)));
      }
      throw new IllegalArgumentException("seed '" + text + "' is not host[:port]");
    }
    int colon = seed.indexOf(':');
    if (colon < 0 || colon != seed.lastIndexOf(':')) {
      return new Seed(seed, defaultPort);
    }
    return new Seed(seed.substring(0, colon), port(text, seed.substring(colon + 1)));
  }

  private static boolean isOfAHost(int c) {
    return !Character.isWhitespace(c) && !Character.isISOControl(c) && c != '[' && c != ']';
  }

  private static int port(String text, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("seed '" + text + "' has no number for a port", e);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
