package io.gossip.spring.lifecycle;

/**
 * How the application's service comes and goes: plainly, or through Spring Cloud's service registry
 * with its events and callbacks.
 */
public interface ServiceAnnouncer {

  /** The service can be announced. Comes again when the web server has started again. */
  void announce();

  /**
   * The application closes: runs {@code leave}, which tells the others, and must not hold it up.
   */
  void leave(Runnable leave);
}
