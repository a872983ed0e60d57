package io.gossip.netty;

import org.jspecify.annotations.Nullable;

/** A shell could not start. It holds no socket and no thread. */
public final class ShellStartException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean portInUse;

  private ShellStartException(String message, @Nullable Throwable cause, boolean portInUse) {
    super(message, cause);
    this.portInUse = portInUse;
  }

  static ShellStartException portInUse(String message, Throwable cause) {
    return new ShellStartException(message, cause, true);
  }

  static ShellStartException because(String message, @Nullable Throwable cause) {
    return new ShellStartException(message, cause, false);
  }

  /** Whether all ports that were to be tried are taken. */
  public boolean isPortInUse() {
    return portInUse;
  }
}
