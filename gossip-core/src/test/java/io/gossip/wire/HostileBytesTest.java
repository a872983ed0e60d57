package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.gossip.membership.ProtocolRange;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bytes that nobody who follows the protocol would send. */
class HostileBytesTest {

  private final PacketReader reader = new PacketReader(Samples.CLUSTER, new ProtocolRange(1, 255));

  @Test
  @DisplayName("T-G 102: a packet cut at any length is refused")
  void packetCutAtAnyLengthIsRefused() {
    byte[] whole = everything();
    for (int length = 0; length < whole.length; length++) {
      assertThat(isRead(Arrays.copyOf(whole, length))).as("length %d", length).isFalse();
    }
  }

  @Test
  @DisplayName("T-G 102: a packet cut at any length under a good checksum does no harm")
  void packetCutAtAnyLengthUnderAGoodChecksumDoesNoHarm() {
    byte[] whole = everything();
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      read += isRead(RawPacket.sealed(Arrays.copyOf(whole, length))) ? 1 : 0;
    }
    assertThat(read).isEqualTo(whole.length - 33 - PacketWriter.sizeOf(first()) + 1);
  }

  @Test
  @DisplayName("T-G 102: a packet with any one bit flipped is refused")
  void packetWithOneBitFlippedIsRefused() {
    byte[] packet = everything();
    for (int bit = 0; bit < packet.length * 8; bit++) {
      // In the version's byte it is another version, which this reader reads as well; the checksum
      // finds that, too.
      assertThat(isRead(flipped(packet, bit))).as("bit %d", bit).isFalse();
    }
  }

  @Test
  @DisplayName("T-G 102: any one bit flipped under a good checksum does no harm")
  void packetWithOneBitFlippedUnderAGoodChecksumDoesNoHarm() {
    for (Message message : Samples.oneOfEach()) {
      byte[] packet = RawPacket.of(Samples.HEADER, message);
      for (int bit = 33 * 8; bit < packet.length * 8; bit++) {
        isRead(RawPacket.sealed(flipped(packet, bit)));
      }
    }
  }

  @Test
  void manyBytesChangedUnderAGoodChecksumDoNoHarm() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] packet = everything();
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] changed = packet.clone();
      for (int j = random.nextInt(1, 8); j > 0; j--) {
        changed[random.nextInt(32, changed.length)] = (byte) random.nextInt();
      }
      read += isRead(RawPacket.sealed(changed)) ? 1 : 0;
    }
    assertThat(read).isBetween(1, 49_999);
  }

  @Test
  void noiseIsRejectedAndNeverAnythingWorse() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(1_500)];
      random.nextBytes(noise);
      assertThat(isRead(noise)).isFalse();
    }
  }

  @Test
  void noiseBehindAGoodHeaderDoesNoHarm() {
    SplittableRandom random = new SplittableRandom(43);
    for (int i = 0; i < 50_000; i++) {
      byte[] noise = new byte[random.nextInt(1, 200)];
      random.nextBytes(noise);
      noise[0] = (byte) random.nextInt(64); // mostly types that are known
      isRead(RawPacket.withTail(noise));
    }
  }

  @Test
  @DisplayName("T-G 104: declared counts and lengths allocate nothing that is not there")
  void declaredCountsAllocateNothingThatIsNotThere() {
    byte[][] claims = {
      RawPacket.withBody(MessageType.FETCH, "ffffffff07"),
      RawPacket.withBody(MessageType.DIGEST, "00".repeat(8) + "ff".repeat(8) + "ffffffff07"),
      RawPacket.withBody(MessageType.BUCKET_HASHES, "10 00 808004"),
      RawPacket.withBody(MessageType.STATE, "0000000000000001 00 01 00 00 40"),
      RawPacket.withBody(MessageType.BUSY, "0000000000000001 08"),
      RawPacket.withBody(MessageType.SUSPECT, "0000000000000001 00 05"),
      RawPacket.withBody(MessageType.JOIN_REFUSED, "0000000000000001 01 00 8002"),
      RawPacket.withTail(RawPacket.hex("c8 ffffffff07")),
    };
    for (byte[] claim : claims) {
      assertThat(isRead(claim)).isFalse();
      // The buffers, the reader's own objects and the exception: some hundred bytes.
      assertThat(allocated(claim)).as(HexFormat.of().formatHex(claim)).isLessThan(2_000);
    }
  }

  @Test
  void allocationIsInProportionToTheLength() {
    byte[] dense = new byte[Limits.FRAME_BYTES - 33];
    for (int i = 0; i + 2 <= dense.length; i += 2) {
      dense[i] = (byte) 200; // an unknown type, of length 0
    }
    ByteBuffer fetch = ByteBuffer.allocate(60_006);
    fetch.put(RawPacket.hex("22 e2d403 f02e")); // 6,000 entries of 10 bytes
    while (fetch.hasRemaining()) {
      fetch.putLong(1).putShort((short) 0);
    }

    assertThat(isRead(RawPacket.withTail(fetch.array()))).isTrue();
    assertThat(allocated(RawPacket.withTail(dense))).isLessThan(4_000);
    assertThat(allocated(RawPacket.withTail(fetch.array()))).isLessThan(10L * Limits.FRAME_BYTES);
  }

  private static byte[] everything() {
    List<Message> messages = Samples.oneOfEach();
    return RawPacket.of(Samples.HEADER, messages.toArray(Message[]::new));
  }

  private static Message first() {
    return Samples.oneOfEach().get(0);
  }

  private static byte[] flipped(byte[] packet, int bit) {
    byte[] flipped = packet.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  /**
   * Whether it is read at all. Anything but a packet or a {@link MalformedPacketException} fails.
   */
  private boolean isRead(byte[] bytes) {
    try {
      return reader.read(ByteBuffer.wrap(bytes)).skipped() >= 0;
    } catch (MalformedPacketException e) {
      return false;
    } catch (RuntimeException e) {
      return fail(HexFormat.of().formatHex(bytes), e);
    }
  }

  /** Bytes that this thread allocates to read it, once everything is loaded. */
  private long allocated(byte[] packet) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20; i++) {
      isRead(packet);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    isRead(packet);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
