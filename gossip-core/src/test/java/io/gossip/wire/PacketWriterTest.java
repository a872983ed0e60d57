package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gossip.membership.ProtocolRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacketWriterTest {

  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 255));

  @Test
  @DisplayName("T-G 95: a packet never exceeds its budget, header and checksum included")
  void packetNeverExceedsItsBudget() throws MalformedPacketException {
    for (int seed = 0; seed < 3_000; seed++) {
      RandomMessages random = new RandomMessages(seed);
      int budget = new SplittableRandom(seed).nextInt(PacketWriter.OVERHEAD, 3_000);
      Header header = random.header();
      List<Message> accepted = new ArrayList<>();
      writer.begin(header, budget);
      for (int i = 0; i < 40; i++) {
        Message message = random.message();
        int before = writer.remaining();
        boolean fits = PacketWriter.sizeOf(message) <= before;

        assertThat(writer.add(message)).as("seed %d", seed).isEqualTo(fits);
        if (fits) {
          accepted.add(message);
        }
        assertThat(before - writer.remaining()).isEqualTo(fits ? PacketWriter.sizeOf(message) : 0);
      }
      assertThat(writer.count()).isEqualTo(accepted.size());

      ByteBuffer packet = writer.finish();

      assertThat(packet.position()).isZero();
      assertThat(packet.remaining()).as("seed %d", seed).isLessThanOrEqualTo(budget);
      assertThat(reader.read(packet)).isEqualTo(new Packet(header, accepted, 0, 0));
    }
  }

  @Test
  void pingCanFillItsPacketAndIsReadAsAnyOther() throws Exception {
    Message.Ping ping = new Message.Ping(1, 2);
    for (int budget = 200; budget <= 3_000; budget++) {
      writer.begin(Samples.LARGEST_HEADER, budget);
      writer.addFilling(ping);

      ByteBuffer packet = writer.finish();

      assertThat(packet.remaining()).isBetween(budget - 1, budget);
      assertThat(reader.read(packet))
          .isEqualTo(new Packet(Samples.LARGEST_HEADER, List.of(ping), 0, 0));
    }
  }

  @Test
  void messageThatFillsTheBudgetToTheLastByteFits() {
    Message.Ping ping = new Message.Ping(1, 2);
    writer.begin(Samples.LARGEST_HEADER, PacketWriter.OVERHEAD + PacketWriter.sizeOf(ping));
    assertThat(writer.add(ping)).isTrue();
    assertThat(writer.remaining()).isZero();

    writer.begin(Samples.LARGEST_HEADER, PacketWriter.OVERHEAD + PacketWriter.sizeOf(ping) - 1);
    assertThat(writer.add(ping)).isFalse();
    assertThat(writer.count()).isZero();
    assertThat(writer.finish().remaining()).isEqualTo(PacketWriter.OVERHEAD);
  }

  @Test
  void largestSingleMessagesFitIntoTheSmallestBudget() {
    Update.Entry largest =
        new Update.Entry("k".repeat(128), Limits.MAX_STATE_VERSION, "v".repeat(1024));
    Message state =
        new Update.State(
            -1,
            Limits.MAX_STATE_VERSION - 1,
            Limits.MAX_STATE_VERSION,
            Limits.MAX_STATE_VERSION,
            Limits.MAX_STATE_VERSION - 1,
            List.of(largest));

    writer.begin(Samples.LARGEST_HEADER, Limits.MIN_DATAGRAM_BYTES);

    assertThat(writer.add(state)).isTrue();
    assertThat(PacketWriter.sizeOf(state))
        .isLessThanOrEqualTo(PacketWriter.STATE_OVERHEAD + PacketWriter.sizeOf(largest));
  }

  @Test
  void sizeOfAStateIsAtMostItsOverheadAndItsEntries() {
    for (int seed = 0; seed < 500; seed++) {
      Update.State state = (Update.State) new RandomMessages(seed).message(MessageType.STATE);
      int entries = state.signature() == null ? 0 : PacketWriter.SIGNATURE_OVERHEAD;
      for (Update.Entry entry : state.entries()) {
        entries += PacketWriter.sizeOf(entry);
      }
      assertThat(PacketWriter.sizeOf(state))
          .isBetween(entries + 1, entries + PacketWriter.STATE_OVERHEAD);
    }
  }

  @Test
  void noAnswerIsLargerThanItsQuestion() {
    int smallest = Samples.HEADER.incarnation();
    Header small = new Header(1, 0, Samples.CLUSTER, Samples.ALICE, smallest, 0);
    int ping = RawPacket.of(small, new Message.Ping(1, 2)).length;
    int pingReq = RawPacket.of(small, new Message.PingReq(1, 2)).length;

    assertThat(size(new Message.Ack(1, Limits.MAX_STATE_VERSION))).isLessThanOrEqualTo(ping);
    assertThat(size(new Message.WrongTarget(1, 2))).isLessThanOrEqualTo(ping);
    assertThat(size(new Message.RelayedAck(1, 2, -1))).isLessThanOrEqualTo(pingReq);
    assertThat(size(new Message.Nack(1, 2))).isLessThanOrEqualTo(pingReq);
  }

  @Test
  void pingAndAckTogetherTakeNoMoreThanTheyDid() {
    assertThat(RawPacket.of(Samples.HEADER, new Message.Ping(1, 2))).hasSize(55);
    assertThat(RawPacket.of(Samples.HEADER, new Message.Ack(1, 100))).hasSize(44);
  }

  @Test
  void writerIsUsedAgainAfterAPacketWasFinishedOrAbandoned() throws MalformedPacketException {
    writer.begin(Samples.LARGEST_HEADER, 500);
    writer.add(Samples.ALIVE);
    writer.finish();
    writer.begin(Samples.LARGEST_HEADER, 400);
    writer.add(new Message.Join(9));
    writer.begin(Samples.HEADER, 300);
    writer.add(new Message.Page(7));

    assertThat(reader.read(writer.finish()))
        .isEqualTo(new Packet(Samples.HEADER, List.of(new Message.Page(7)), 0, 0));
  }

  @Test
  void refusedMessageLeavesThePacketAsItWas() throws MalformedPacketException {
    writer.begin(Samples.HEADER, 500);
    writer.add(new Message.Join(9));
    int remaining = writer.remaining();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.add(new Update.Suspect(1, 0, List.of())))
        .withMessageContaining("a suspicion without an accuser");

    assertThat(writer.remaining()).isEqualTo(remaining);
    assertThat(reader.read(writer.finish()).messages()).containsExactly(new Message.Join(9));
  }

  @Test
  void impossibleBudgetsAndHeadersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PacketWriter(10));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.begin(Samples.HEADER, 36));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.begin(Samples.HEADER, Limits.FRAME_BYTES + 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.begin(new Header(0, 0, 1, 1, 0, 0), 100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.begin(new Header(1, 256, 1, 1, 0, 0), 100));
  }

  @Test
  void nothingIsAddedOutsideOfAPacket() {
    assertThatIllegalStateException().isThrownBy(() -> writer.add(new Message.Join(1)));
    assertThatIllegalStateException().isThrownBy(writer::finish);
    writer.begin(Samples.HEADER, 100);
    writer.finish();
    assertThatIllegalStateException().isThrownBy(() -> writer.add(new Message.Join(1)));
  }

  /** With the largest header there is. */
  private static int size(Message answer) {
    return RawPacket.of(Samples.LARGEST_HEADER, answer).length;
  }
}
