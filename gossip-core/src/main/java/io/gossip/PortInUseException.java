package io.gossip;

/** All ports that a node was to try are taken. The node has not started. */
public final class PortInUseException extends GossipStartException {

  private static final long serialVersionUID = 1L;

  private final int port;
  private final int attempts;

  /** For the first port tried and the number of ports tried from there. */
  public PortInUseException(int port, int attempts, Throwable cause) {
    super(
        attempts == 1
            ? "Gossip port " + port + " is in use"
            : "Gossip ports " + port + " to " + (port + attempts - 1) + " are in use",
        cause);
    this.port = port;
    this.attempts = attempts;
  }

  /** The first port tried. */
  public int port() {
    return port;
  }

  /** How many ports were tried. */
  public int attempts() {
    return attempts;
  }
}
