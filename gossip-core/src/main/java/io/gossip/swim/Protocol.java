package io.gossip.swim;

import io.gossip.membership.ProtocolRange;

/** The wire versions this implementation speaks. */
final class Protocol {

  static final int VERSION = 1;
  static final ProtocolRange RANGE = new ProtocolRange(VERSION, VERSION);

  private Protocol() {}
}
