package io.gossip.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Packets put together byte by byte, with a checksum that fits whatever they say. */
final class RawPacket {

  private RawPacket() {}

  /** The bytes of a finished packet. */
  static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.duplicate().get(bytes);
    return bytes;
  }

  /** A packet of these messages, written in the ordinary way. */
  static byte[] of(Header header, Message... messages) {
    PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
    writer.begin(header, Limits.FRAME_BYTES);
    for (Message message : messages) {
      if (!writer.add(message)) {
        throw new AssertionError("no room for " + message);
      }
    }
    return bytes(writer.finish());
  }

  /** The sample header, and these bytes for the messages. */
  static byte[] withTail(byte[] tail) {
    byte[] head = of(Samples.HEADER);
    byte[] packet = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, packet, head.length, tail.length);
    return sealed(packet);
  }

  /** The sample header and one message of a type, its body given in hexadecimal. */
  static byte[] withBody(MessageType type, String hex) {
    byte[] body = hex(hex);
    ByteBuffer tail = ByteBuffer.allocate(body.length + 10);
    tail.put((byte) type.code());
    Varint.write(body.length, tail);
    tail.put(body);
    return withTail(bytes(tail.flip()));
  }

  /** The same bytes with a checksum that fits, as docs/PROTOCOL.md says it is made. */
  static byte[] sealed(byte[] packet) {
    byte[] sealed = packet.clone();
    if (sealed.length >= 8) {
      CRC32C crc = new CRC32C();
      crc.update(sealed, 0, 4);
      crc.update(sealed, 8, sealed.length - 8);
      ByteBuffer.wrap(sealed).putInt(4, (int) crc.getValue());
    }
    return sealed;
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
