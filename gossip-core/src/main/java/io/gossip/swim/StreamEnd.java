package io.gossip.swim;

/** How a stream ended, or why it never began. */
public enum StreamEnd {
  /** The peer's kernel refused the connection: nobody listens there. */
  REFUSED,
  /** No answer, no route, or the connection broke. */
  FAILED,
  /** The peer closed it in good order. */
  CLOSED
}
