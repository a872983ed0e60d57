package io.gossip.fuzz;

import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Bytes in a good header, so that they get further than the checks that come first. */
final class Packets {

  static final String CLUSTER = "default";
  static final long CLUSTER_HASH = Header.clusterHash(CLUSTER);

  private static final int CHECKSUM_AT = 4;
  private static final int CLUSTER_AT = 8;
  private static final int INCARNATION_AT = 32;

  private Packets() {}

  /**
   * A packet as docs/PROTOCOL.md lays it out, with a checksum that fits.
   *
   * @param rest what follows the view hash: the incarnation, and the messages
   */
  static byte[] around(byte[] rest, int flags, long sender, long viewHash) {
    ByteBuffer packet = ByteBuffer.allocate(INCARNATION_AT + rest.length);
    packet.putShort((short) 0x4753).put((byte) 1).put((byte) flags).putInt(0);
    packet.putLong(CLUSTER_HASH).putLong(sender).putLong(viewHash).put(rest);
    CRC32C crc = new CRC32C();
    crc.update(packet.array(), 0, CHECKSUM_AT);
    crc.update(packet.array(), CLUSTER_AT, packet.capacity() - CLUSTER_AT);
    packet.putInt(CHECKSUM_AT, (int) crc.getValue());
    return packet.array();
  }

  /** A packet of these messages; those that break a rule or find no room are left out. */
  static byte[] of(Header header, List<? extends Message> messages) {
    PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
    writer.begin(header, Limits.FRAME_BYTES);
    for (Message message : messages) {
      add(writer, message);
    }
    return bytes(writer.finish());
  }

  private static boolean add(PacketWriter writer, Message message) {
    try {
      return writer.add(message);
    } catch (IllegalArgumentException e) {
      return false; // it breaks a rule that the writer keeps
    }
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
