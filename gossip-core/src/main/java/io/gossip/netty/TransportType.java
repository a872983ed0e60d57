package io.gossip.netty;

/** What carries the packets. */
public enum TransportType {
  /** epoll where it is available, else NIO. */
  AUTO,
  /** Java's own selectors. */
  NIO,
  /** Linux epoll; the native library must be on the class path. */
  EPOLL
}
