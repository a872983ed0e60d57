package io.gossip.fuzz;

import io.gossip.membership.ProtocolRange;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Packet;
import io.gossip.wire.PacketReader;
import io.gossip.wire.PacketWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes through {@link PacketReader}: a packet or a refusal, and nothing else; and what was
 * read is written and read again as it was.
 *
 * <p>An input is a byte that says whether a good header is put around the rest, and the rest.
 */
public final class PacketFuzz {

  private static final ProtocolRange ALL_VERSIONS = new ProtocolRange(1, 255);

  private PacketFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    byte[] packet = packet(input);
    Packet read = read(packet);
    if (read == null) {
      return;
    }
    Harm.unless(
        read.skipped() + read.messages().size() <= packet.length, "more messages than bytes");
    byte[] written = write(read);
    Packet again = read(written);
    if (again == null
        || !again.header().equals(read.header())
        || !again.messages().equals(read.messages())
        || again.lost() + again.skipped() != 0) {
      throw new Harm("what was written is not what was read: " + read);
    }
    Harm.unless(Arrays.equals(write(again), written), "one packet is written in two ways");
  }

  /** The packet that an input stands for. */
  static byte[] packet(byte[] input) {
    Choices choices = new Choices(input);
    return choices.next() % 2 == 0
        ? choices.rest()
        : Packets.around(choices.rest(), 0, 0x5EED, 0x5EED);
  }

  /** The packet in these bytes, or {@code null} if they are refused. */
  static @Nullable Packet read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return new PacketReader(Packets.CLUSTER_HASH, ALL_VERSIONS).read(buffer);
    } catch (MalformedPacketException e) {
      return null;
    } finally {
      Harm.unless(buffer.remaining() == bytes.length, "the reader moved the buffer");
    }
  }

  private static byte[] write(Packet packet) {
    // An address of IPv4 in the form of IPv6 and what later versions add get shorter, nothing
    // longer.
    Header header = packet.header();
    PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
    writer.begin(header, Limits.FRAME_BYTES);
    packet
        .messages()
        .forEach(message -> Harm.unless(writer.add(message), "there is no room for " + message));
    return Packets.bytes(writer.finish());
  }
}
