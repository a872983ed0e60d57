package io.gossip.crypto;

/** Where things are in a sealed datagram (docs/PROTOCOL.md, "Sealed datagrams"). */
final class Layout {
  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 2;
  static final int KIND_AT = 3;
  static final int KEY_AT = 4;
  static final int SESSION_AT = 8;
  static final int RECEIVER_AT = 20;
  static final int COUNTER_AT = 28;

  /** In the clear, but vouched for by the tag. */
  static final int HEADER_BYTES = 32;

  static final int OVERHEAD = HEADER_BYTES + Gcm.TAG_BYTES;

  /** What UDP over IPv4 carries at most. */
  static final int MAX_BYTES = 65_507;

  static final short MAGIC = 0x4758;
  static final byte VERSION = 1;

  /** To an address whose session is not known: asks for it, and is not delivered. */
  static final byte FIRST = 1;

  /** To a session. */
  static final byte BOUND = 2;

  /** The answer to what is not for this life: says whose address it is. */
  static final byte HELLO = 3;

  private Layout() {}
}
