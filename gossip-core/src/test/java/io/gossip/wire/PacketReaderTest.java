package io.gossip.wire;

import static io.gossip.wire.MalformedPacketException.Reason.CHECKSUM;
import static io.gossip.wire.MalformedPacketException.Reason.CLUSTER;
import static io.gossip.wire.MalformedPacketException.Reason.MALFORMED;
import static io.gossip.wire.MalformedPacketException.Reason.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gossip.membership.ProtocolRange;
import io.gossip.wire.MalformedPacketException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacketReaderTest {

  private static final Message.Join JOIN = new Message.Join(9);
  private static final Message.Page PAGE = new Message.Page(7);

  /** Type 53, length 8, the handle 7: the bytes of {@link #PAGE}. */
  private static final String PAGE_HEX = "35 08 0000000000000007";

  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(2, 4));

  @Test
  void packetWithoutMessagesIsAPacket() throws MalformedPacketException {
    assertThat(read(RawPacket.of(header(2)))).isEqualTo(new Packet(header(2), List.of(), 0, 0));
  }

  @Test
  @DisplayName("T-G 102: zero-length packets, foreign bytes and bad checksums are malformed")
  void whatIsNoPacketIsRefusedForTheRightReason() {
    byte[] good = RawPacket.of(header(3), PAGE);

    assertThat(refusal(new byte[0])).isEqualTo(MALFORMED);
    assertThat(refusal(Arrays.copyOf(good, 32))).isEqualTo(MALFORMED);
    assertThat(refusal(RawPacket.sealed(Arrays.copyOf(good, Limits.FRAME_BYTES + 1))))
        .isEqualTo(MALFORMED);
    assertThat(refusal(with(good, 0, 'g'))).isEqualTo(MALFORMED);
    assertThat(refusal(with(good, 1, 'T'))).isEqualTo(MALFORMED);
    assertThat(refusal(with(good, 4, good[4] ^ 1))).isEqualTo(CHECKSUM);
    assertThat(refusal(with(good, 3, 0))).isEqualTo(CHECKSUM);
    assertThat(refusal(with(good, good.length - 1, 8))).isEqualTo(CHECKSUM);
    assertThat(refusal(Arrays.copyOf(good, good.length - 1))).isEqualTo(CHECKSUM);
  }

  @Test
  void onlyVersionsThatAreSpokenAreRead() throws MalformedPacketException {
    assertThat(refusal(RawPacket.of(header(1), PAGE))).isEqualTo(VERSION);
    assertThat(read(RawPacket.of(header(2), PAGE)).header().version()).isEqualTo(2);
    assertThat(read(RawPacket.of(header(4), PAGE)).header().version()).isEqualTo(4);
    assertThat(refusal(RawPacket.of(header(5), PAGE))).isEqualTo(VERSION);
    assertThat(refusal(RawPacket.of(header(255), PAGE))).isEqualTo(VERSION);
  }

  @Test
  void packetOfAnotherClusterIsRefused() {
    Header foreign = new Header(3, 0, Header.clusterHash("other"), Samples.ALICE, 0, 0);

    assertThat(refusal(RawPacket.of(foreign, PAGE))).isEqualTo(CLUSTER);
  }

  @Test
  void whatIsCheapToFindOutIsFoundOutFirst() {
    Header foreign = new Header(9, 0, Header.clusterHash("other"), Samples.ALICE, 0, 0);
    byte[] wrongInEverything = RawPacket.of(foreign, PAGE);
    wrongInEverything[4] ^= 1;

    assertThat(refusal(wrongInEverything)).isEqualTo(VERSION);
    assertThat(refusal(with(wrongInEverything, 2, 3))).isEqualTo(CLUSTER);
  }

  @Test
  void flagsWithoutAMeaningAreNoObstacle() throws MalformedPacketException {
    Header header = new Header(2, 0xFE, Samples.CLUSTER, 0, 0, 0);

    assertThat(read(RawPacket.of(header)).header()).isEqualTo(header);
    assertThat(header.pulls()).isFalse();
  }

  @Test
  @DisplayName("T-G 102: a message of an unknown type is skipped and counted")
  void messageOfAnUnknownTypeIsSkipped() throws MalformedPacketException {
    Packet packet = readTail("c8 03 ffffff" + PAGE_HEX + "7f 00" + PAGE_HEX);

    assertThat(packet.messages()).containsExactly(PAGE, PAGE);
    assertThat(packet.skipped()).isEqualTo(2);
    assertThat(packet.lost()).isZero();
  }

  @Test
  void packetOfUnknownTypesOnlyIsAPacketWithoutMessages() throws MalformedPacketException {
    assertThat(readTail("c8 01 ff")).isEqualTo(new Packet(Samples.HEADER, List.of(), 1, 0));
  }

  @Test
  void fieldsThatALaterVersionAddedAreIgnored() throws MalformedPacketException {
    assertThat(readTail("35 0b 0000000000000007 aabbcc" + PAGE_HEX).messages())
        .containsExactly(PAGE, PAGE);
  }

  @Test
  void fieldsCanBeAddedToEveryType() throws MalformedPacketException {
    for (Message message : Samples.oneOfEach()) {
      byte[] plain = RawPacket.of(Samples.HEADER, message);
      int start = 33 + 1 + Varint.size(plain.length - 33);
      int body = plain.length - start;
      ByteBuffer tail = ByteBuffer.allocate(body + 12);
      tail.put((byte) MessageType.of(message).code());
      Varint.write(body + 2, tail);
      tail.put(plain, start, body).put((byte) 1).put((byte) 2);

      byte[] longer = RawPacket.withTail(RawPacket.bytes(tail.flip()));

      assertThat(readOld(longer).messages()).containsExactly(message);
    }
  }

  @Test
  @DisplayName("T-G 101: of a packet whose tail is cut short, the good messages are used")
  void goodMessagesBeforeACutTailAreUsed() throws MalformedPacketException {
    byte[] whole = RawPacket.of(Samples.HEADER, JOIN, PAGE);
    int joinEnds = whole.length - PacketWriter.sizeOf(PAGE);
    for (int length = joinEnds + 1; length < whole.length; length++) {
      Packet packet = readOld(RawPacket.sealed(Arrays.copyOf(whole, length)));

      assertThat(packet).isEqualTo(new Packet(Samples.HEADER, List.of(JOIN), 0, 1));
    }
  }

  @Test
  @DisplayName("T-G 101: what follows a malformed message is lost")
  void whatFollowsAMalformedMessageIsLost() throws MalformedPacketException {
    Packet packet = readTail(PAGE_HEX + "c8 00" + "35 07 00000000000007" + PAGE_HEX);

    assertThat(packet).isEqualTo(new Packet(Samples.HEADER, List.of(PAGE), 1, 1));
  }

  @Test
  void packetThatBeginsWithAMalformedMessageIsMalformed() {
    assertThat(refusalOfTail("35 07 00000000000007" + PAGE_HEX)).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("c8 00" + "35 07 00000000000007")).isEqualTo(MALFORMED);
  }

  @Test
  @DisplayName("T-G 102: lengths that overflow are malformed")
  void lengthsThatOverflowAreMalformed() {
    assertThat(refusalOfTail("35")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("35 09 0000000000000007")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("35 ffff03 0000000000000007")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("c8 ffffffff0f")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("c8 ffffffffffffffff7f")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("c8 ffffffffffffffffff01")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("c8 8000")).isEqualTo(MALFORMED);
    assertThat(refusalOfTail("00 00")).isEqualTo(MALFORMED);
  }

  @Test
  void incarnationOfTheHeaderIsBoundedAndCanonical() {
    byte[] head = Arrays.copyOf(RawPacket.of(Samples.HEADER), 32);

    assertThat(refusalOfOld(followedBy(head, "ffffffff1f"))).isEqualTo(MALFORMED);
    assertThat(refusalOfOld(followedBy(head, "8000"))).isEqualTo(MALFORMED);
    assertThat(refusalOfOld(followedBy(head, "80"))).isEqualTo(MALFORMED);
  }

  @Test
  void refusalIsCheap() {
    MalformedPacketException refusal =
        catchThrowableOfType(
            MalformedPacketException.class, () -> reader.read(ByteBuffer.allocate(50)));
    refusal.addSuppressed(new IllegalStateException());

    assertThat(refusal.getStackTrace()).isEmpty();
    assertThat(refusal.getSuppressed()).isEmpty();
  }

  private static Header header(int version) {
    return new Header(version, Header.PULL, Samples.CLUSTER, Samples.ALICE, 7, 8);
  }

  private static byte[] with(byte[] packet, int index, int value) {
    byte[] changed = packet.clone();
    changed[index] = (byte) value;
    return changed;
  }

  private static byte[] followedBy(byte[] head, String hex) {
    byte[] tail = RawPacket.hex(hex);
    byte[] packet = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, packet, head.length, tail.length);
    return RawPacket.sealed(packet);
  }

  private Packet read(byte[] packet) throws MalformedPacketException {
    return reader.read(ByteBuffer.wrap(packet));
  }

  private static Packet readOld(byte[] packet) throws MalformedPacketException {
    return new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 1)).read(ByteBuffer.wrap(packet));
  }

  private static Packet readTail(String hex) throws MalformedPacketException {
    return readOld(RawPacket.withTail(RawPacket.hex(hex)));
  }

  private Reason refusal(byte[] packet) {
    return catchThrowableOfType(MalformedPacketException.class, () -> read(packet)).reason();
  }

  private static Reason refusalOfOld(byte[] packet) {
    return catchThrowableOfType(MalformedPacketException.class, () -> readOld(packet)).reason();
  }

  private static Reason refusalOfTail(String hex) {
    return refusalOfOld(RawPacket.withTail(RawPacket.hex(hex)));
  }
}
