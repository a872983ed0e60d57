package io.gossip.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Where things are in a packet: what its writer and its reader must agree on. */
final class Layout {

  /** {@code GS}. An encrypted packet will begin with another byte than {@code G}. */
  static final short MAGIC = 0x4753;

  static final int VERSION_AT = 2;
  static final int FLAGS_AT = 3;
  static final int CHECKSUM_AT = 4;
  static final int CLUSTER_AT = 8;
  static final int SENDER_AT = 16;
  static final int VIEW_HASH_AT = 24;

  /** All fields of a header but the incarnation, which is last and takes 1 to 5 bytes. */
  static final int HEADER_BYTES = 32;

  private Layout() {}

  /**
   * CRC-32C over all bytes of the packet but the checksum's own.
   *
   * @param packet from 0 to its limit; its position is lost
   */
  static int checksum(ByteBuffer packet, CRC32C crc) {
    int end = packet.limit();
    crc.reset();
    crc.update(packet.position(0).limit(CHECKSUM_AT));
    crc.update(packet.limit(end).position(CLUSTER_AT));
    packet.position(0);
    return (int) crc.getValue();
  }
}
