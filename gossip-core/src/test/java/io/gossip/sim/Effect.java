package io.gossip.sim;

import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Misconduct;
import io.gossip.swim.Seed;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something a state machine asked of the world, as a value; packets are decoded. */
public sealed interface Effect {

  /** A datagram. */
  record Sent(InetSocketAddress to, Header header, List<Message> messages) implements Effect {}

  /** A stream was asked for. */
  record Connected(long stream, InetSocketAddress to) implements Effect {}

  /** A frame on a stream. */
  record Wrote(long stream, Header header, List<Message> messages) implements Effect {}

  /** A stream was closed. */
  record Closed(long stream) implements Effect {}

  /** A seed was to be looked up. */
  record Resolved(Seed seed) implements Effect {}

  /** People were told of a lie. */
  record Refused(@Nullable InetSocketAddress source, Misconduct misconduct, String detail)
      implements Effect {}

  /** Listeners were told. */
  record Published(MembershipEvent event) implements Effect {}
}
