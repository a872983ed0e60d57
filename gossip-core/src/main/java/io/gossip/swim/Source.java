package io.gossip.swim;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where that comes from which is heard now, and whether that is known. Whoever holds the keys can
 * write any address on a datagram; proven is only the other end of a stream, and who answers a
 * question that nobody else was asked.
 */
final class Source {

  private @Nullable InetSocketAddress address;
  private boolean proven;

  /** A datagram that says it comes from there. */
  void datagram(InetSocketAddress from) {
    address = from;
    proven = false;
  }

  /** A frame on a stream that leads there; {@code null} if that is not known. */
  void frame(@Nullable InetSocketAddress end) {
    address = end;
    proven = end != null;
  }

  /** The datagram has in it what only somebody at its address can know. */
  void proves() {
    proven = true;
  }

  /** The address, if it is proven. */
  @Nullable InetSocketAddress proven() {
    return proven ? address : null;
  }
}
