package io.gossip.wire;

import static io.gossip.wire.MalformedPacketException.malformed;

import io.gossip.membership.ProtocolRange;
import io.gossip.wire.MalformedPacketException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets, whoever wrote them: whatever the bytes are, it returns a packet or throws {@link
 * MalformedPacketException}, and allocates in proportion to their number. Not thread-safe.
 */
public final class PacketReader {

  private final long cluster;
  private final ProtocolRange versions;
  private final CRC32C checksum = new CRC32C();

  /**
   * Makes a reader.
   *
   * @param cluster {@linkplain Header#clusterHash hash} of the only cluster whose packets are read
   * @param versions the versions that are read
   */
  public PacketReader(long cluster, ProtocolRange versions) {
    this.cluster = cluster;
    this.versions = versions;
  }

  /**
   * Reads the packet between the buffer's position and limit, and leaves both as they are.
   *
   * <p>What follows a message that cannot be read is lost; what came before it is good. A packet
   * that begins with one is malformed as a whole.
   */
  public Packet read(ByteBuffer in) throws MalformedPacketException {
    ByteBuffer packet = in.slice();
    check(packet);
    int flags = packet.get(Layout.FLAGS_AT) & 0xFF;
    ByteSource source = new ByteSource(packet.position(Layout.HEADER_BYTES));
    Header header =
        new Header(
            packet.get(Layout.VERSION_AT) & 0xFF,
            flags,
            cluster,
            packet.getLong(Layout.SENDER_AT),
            source.incarnation(),
            packet.getLong(Layout.VIEW_HASH_AT));
    List<Message> messages = new ArrayList<>(4);
    int skipped = 0;
    int lost = 0;
    while (source.remaining() > 0) {
      try {
        Message message = next(source);
        if (message == null) {
          skipped++;
        } else {
          messages.add(message);
        }
      } catch (MalformedPacketException e) {
        if (messages.isEmpty()) {
          throw e;
        }
        lost = 1;
        break;
      }
    }
    return new Packet(header, Collections.unmodifiableList(messages), skipped, lost);
  }

  /** What is cheap to find out comes first. */
  private void check(ByteBuffer packet) throws MalformedPacketException {
    if (packet.remaining() <= Layout.HEADER_BYTES || packet.remaining() > Limits.FRAME_BYTES) {
      throw malformed("a packet of this length is none");
    }
    if (packet.getShort(0) != Layout.MAGIC) {
      throw malformed("not a packet of this protocol");
    }
    int version = packet.get(Layout.VERSION_AT) & 0xFF;
    if (version < versions.min() || version > versions.max()) {
      throw new MalformedPacketException(Reason.VERSION, "a version that is not spoken here");
    }
    if (packet.getLong(Layout.CLUSTER_AT) != cluster) {
      throw new MalformedPacketException(Reason.CLUSTER, "a packet of another cluster");
    }
    int said = packet.getInt(Layout.CHECKSUM_AT);
    if (said != Layout.checksum(packet, checksum)) {
      throw new MalformedPacketException(Reason.CHECKSUM, "a packet damaged on its way");
    }
  }

  /** The next message, or {@code null} for one of an unknown type. */
  private static @Nullable Message next(ByteSource source) throws MalformedPacketException {
    int code = source.int8();
    if (code == 0) {
      throw malformed("type 0");
    }
    int end = source.narrow((int) source.varint(Limits.FRAME_BYTES));
    MessageType type = MessageType.ofCode(code);
    Message message = type == null ? null : MessageReader.read(type, source);
    source.widen(end);
    return message;
  }
}
