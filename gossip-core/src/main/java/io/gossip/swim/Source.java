package io.gossip.swim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where that comes from which is heard now, and whether that is known. Whoever holds the keys can
 * write any address on a datagram; proven is only the other end of a stream, and who answers a
 * question that nobody else was asked.
 */
final class Source {

  /**
   * Who is told from whom.
   *
   * @param machine {@code null} for whoever says nothing that is known
   * @param port 0 for a stream: its port is any
   */
  record Key(@Nullable InetAddress machine, int port, boolean proven) {}

  private static final Key STRANGERS = new Key(null, 0, false);

  private long now;
  private @Nullable InetSocketAddress address;
  private boolean proven;
  private Key key = STRANGERS;
  private long sender;

  /** A datagram that says it comes from there, where this member is or not. */
  void datagram(long at, InetSocketAddress from, long handle, boolean isMember) {
    now = at;
    sender = handle;
    address = from;
    proven = false;
    key = isMember ? claimed(from) : STRANGERS;
  }

  /** A member's frame on a stream that leads there; {@code null} if that is not known. */
  void frame(long at, @Nullable InetSocketAddress end, long handle) {
    now = at;
    sender = handle;
    address = end;
    proven = end != null;
    key = end == null ? STRANGERS : new Key(end.getAddress(), 0, true);
  }

  /** The datagram has in it what only somebody at its address can know. */
  void proves() {
    InetSocketAddress from = address;
    if (from != null) {
      proven = true;
      key = new Key(from.getAddress(), from.getPort(), true);
    }
  }

  /** Whose it says it is. */
  long sender() {
    return sender;
  }

  /** When it came. */
  long now() {
    return now;
  }

  /** The address, if it is proven. */
  @Nullable InetSocketAddress proven() {
    return proven ? address : null;
  }

  Key key() {
    return key;
  }

  /** What a datagram that says it comes from a member there is heard as. */
  static Key claimed(InetSocketAddress member) {
    return new Key(member.getAddress(), member.getPort(), false);
  }
}
