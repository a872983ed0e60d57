package io.gossip.wire;

import io.gossip.membership.ProtocolRange;

/** The wire versions this implementation speaks. */
public final class Protocol {

  /** The version packets are written in. */
  public static final int VERSION = 1;

  /** The versions that can be read. */
  public static final ProtocolRange RANGE = new ProtocolRange(VERSION, VERSION);

  private Protocol() {}
}
