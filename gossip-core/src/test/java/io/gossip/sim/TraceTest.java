package io.gossip.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final byte[] PACKET = "what a member says to another".getBytes(UTF_8);

  private static String hash(char kind, long now, int node, byte[] what) {
    Trace trace = new Trace();
    trace.add(kind, now, node, ByteBuffer.wrap(what));
    return trace.hash();
  }

  @Test
  void everyBitOfAPacketCounts() {
    Set<String> hashes = new HashSet<>();
    hashes.add(hash('D', 1, 1, PACKET));
    for (int bit = 0; bit < PACKET.length * 8; bit++) {
      byte[] damaged = PACKET.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      hashes.add(hash('D', 1, 1, damaged));
    }
    assertThat(hashes).hasSize(PACKET.length * 8 + 1);
  }

  @Test
  void lengthCounts() {
    Set<String> hashes = new HashSet<>();
    for (int length = 0; length < 64; length++) {
      hashes.add(hash('D', 1, 1, new byte[length]));
    }
    assertThat(hashes).hasSize(64);
  }

  @Test
  void kindTimeAndProcessCount() {
    assertThat(
            Set.of(
                hash('D', 1, 1, PACKET),
                hash('d', 1, 1, PACKET),
                hash('D', 2, 1, PACKET),
                hash('D', 1, 2, PACKET)))
        .hasSize(4);
  }

  @Test
  void orderCounts() {
    Trace trace = new Trace();
    trace.add('E', 1, 1, 5, 7);
    trace.add('E', 1, 1, 7, 5);
    Trace reversed = new Trace();
    reversed.add('E', 1, 1, 7, 5);
    reversed.add('E', 1, 1, 5, 7);
    assertThat(trace.hash()).isNotEqualTo(reversed.hash()).hasSize(32);
  }
}
