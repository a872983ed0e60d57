package io.gossip;

/** A node could not start. It holds no socket and no thread, and may be started again. */
public class GossipStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what went wrong, in words. */
  public GossipStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
