package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.membership.Membership;
import io.gossip.swim.Stage.Actor;
import io.gossip.swim.SwimReport.Phase;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.swim.SwimStats.Drop;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.MessageType;
import io.gossip.wire.PacketScript;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.RandomMessages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand packets of one message each, all types in turn, damaged on their way to a node. */
class DamagedPacketsTest {

  private static final int PACKETS = 1_000;
  private static final int HEADER_BYTES = 33;

  private final Stage stage = new Stage();
  private final Actor b = stage.member("b");
  private final Membership before = stage.swim.membership();
  private final long handled = stage.swim.stats().count(Counter.PACKETS_HANDLED);
  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private final SplittableRandom random = new SplittableRandom(21);

  @AfterEach
  void nothingHasHappened() {
    stage.react();
    assertThat(stage.effects()).isEmpty();
    assertThat(stage.swim.membership()).isSameAs(before);
    assertThat(stage.swim.phase()).isEqualTo(Phase.JOINED);
    assertThat(stage.swim.stats().count(Counter.PACKETS_HANDLED)).isEqualTo(handled);
  }

  @Test
  void packetWithABitFlippedInAnyByteIsRefused() {
    stage.effects();
    long flips = 0;
    for (int seed = 0; seed < PACKETS; seed++) {
      byte[] packet = packet(seed);
      for (int at = 0; at < packet.length; at++) {
        byte bit = (byte) (1 << random.nextInt(8));
        packet[at] ^= bit;
        arrives(packet);
        packet[at] ^= bit;
        flips++;
      }
    }
    assertThat(refused()).isEqualTo(flips).isGreaterThan(100_000);
  }

  @Test
  void packetCutAtAnyLengthIsRefused() {
    stage.effects();
    long cuts = 0;
    for (int seed = 0; seed < PACKETS; seed++) {
      byte[] packet = packet(seed);
      for (int length = 0; length < packet.length; length++) {
        arrives(Arrays.copyOf(packet, length));
        cuts++;
      }
    }
    assertThat(refused()).isEqualTo(cuts).isGreaterThan(100_000);
  }

  @Test
  void packetCutAtAnyLengthUnderAGoodChecksumIsRefused() {
    stage.effects();
    long cuts = 0;
    for (int seed = 0; seed < PACKETS; seed++) {
      byte[] packet = packet(seed);
      // A header alone is a packet without messages.
      for (int length = HEADER_BYTES + 1; length < packet.length; length++) {
        arrives(PacketScript.withChecksum(Arrays.copyOf(packet, length)));
        cuts++;
      }
    }
    assertThat(refused()).isEqualTo(cuts).isGreaterThan(100_000);
  }

  private byte[] packet(int seed) {
    MessageType[] types = MessageType.values();
    writer.begin(
        new Header(1, seed & 0xFF, Header.clusterHash("default"), b.handle(), 0, seed),
        Limits.FRAME_BYTES);
    writer.add(new RandomMessages(seed).message(types[seed % types.length]));
    ByteBuffer packet = writer.finish();
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return bytes;
  }

  private void arrives(byte[] packet) {
    stage.swim.receive(0, b.address, ByteBuffer.wrap(packet));
  }

  private long refused() {
    long refused = 0;
    for (Drop reason : Drop.values()) {
      refused += stage.swim.stats().dropped(reason);
    }
    return refused;
  }
}
