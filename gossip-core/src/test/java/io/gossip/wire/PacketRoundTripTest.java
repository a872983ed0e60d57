package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.ProtocolRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketRoundTripTest {

  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 255));

  @Test
  void oneOfEachTypeComesBackAsItWas() throws MalformedPacketException {
    List<Message> messages = Samples.oneOfEach();

    Packet packet =
        reader.read(
            ByteBuffer.wrap(RawPacket.of(Samples.HEADER, messages.toArray(Message[]::new))));

    assertThat(packet).isEqualTo(new Packet(Samples.HEADER, messages, 0, 0));
  }

  @Test
  void whateverIsWrittenComesBackAsItWas() throws MalformedPacketException {
    for (int seed = 0; seed < 2_000; seed++) {
      RandomMessages random = new RandomMessages(seed);
      Header header = random.header();
      List<Message> messages = new ArrayList<>();
      for (MessageType type : MessageType.values()) {
        messages.add(random.message(type));
      }

      byte[] bytes = RawPacket.of(header, messages.toArray(Message[]::new));

      assertThat(reader.read(ByteBuffer.wrap(bytes)))
          .as("seed %d", seed)
          .isEqualTo(new Packet(header, messages, 0, 0));
    }
  }

  @Test
  void packetIsReadFromAnyKindOfBufferAndThePositionStays() throws MalformedPacketException {
    byte[] bytes = RawPacket.of(Samples.LARGEST_HEADER, Samples.ALIVE);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 7);
    direct.position(3).put(bytes).limit(3 + bytes.length).position(3);
    Packet expected = new Packet(Samples.LARGEST_HEADER, List.of(Samples.ALIVE), 0, 0);

    assertThat(reader.read(direct)).isEqualTo(expected);
    assertThat(reader.read(direct.order(ByteOrder.LITTLE_ENDIAN))).isEqualTo(expected);
    assertThat(reader.read(direct.asReadOnlyBuffer())).isEqualTo(expected);
    assertThat(reader.read(ByteBuffer.wrap(bytes).asReadOnlyBuffer())).isEqualTo(expected);
    assertThat(direct.position()).isEqualTo(3);
    assertThat(direct.limit()).isEqualTo(3 + bytes.length);
  }

  @Test
  void ipv4MappedAddressBecomesIpv4() throws MalformedPacketException {
    byte[] ipv4 = RawPacket.of(Samples.HEADER, new Message.Busy(1, List.of(Samples.IPV4)));
    byte[] mapped =
        RawPacket.withBody(
            MessageType.BUSY, "0000000000000001 01 10 00000000000000000000ffffc0000207 1f0a");

    assertThat(reader.read(ByteBuffer.wrap(mapped)).messages())
        .isEqualTo(reader.read(ByteBuffer.wrap(ipv4)).messages())
        .isEqualTo(List.of(new Message.Busy(1, List.of(Samples.IPV4))));
  }
}
