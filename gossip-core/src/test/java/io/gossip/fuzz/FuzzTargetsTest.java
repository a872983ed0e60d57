package io.gossip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import io.gossip.wire.Packet;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fuzz targets on their own seeds and on some damaged ones: the short form, without Jazzer. */
class FuzzTargetsTest {

  private final SplittableRandom random = new SplittableRandom(20);

  @ParameterizedTest
  @ValueSource(
      strings = {"PacketFuzz", "CipherFuzz", "ConfigurationFuzz", "EngineFuzz", "StreamFuzz"})
  void neitherSeedsNorDamagedSeedsDoHarm(String target) {
    for (byte[] seed : seeds(target)) {
      assertHarmless(target, seed);
      assertHarmless(target, damaged(seed));
    }
  }

  /** What is read is made of objects: of an address of 7 bytes come some 100. */
  @Test
  void readingAPacketAllocatesInProportionToIt() {
    for (byte[] seed : seeds("PacketFuzz")) {
      for (byte[] input : List.of(seed, damaged(seed), repeated(seed, 20))) {
        byte[] packet = PacketFuzz.packet(input);
        Packet read = PacketFuzz.read(packet);
        long times = read == null || read.messages().size() == 1 ? 4 : 16;
        assertThat(allocatedReading(packet))
            .as(HexFormat.of().formatHex(packet))
            .isLessThanOrEqualTo(times * packet.length + 1_024);
      }
    }
  }

  private static List<byte[]> seeds(String target) {
    return Objects.requireNonNull(Seeds.all().get(target));
  }

  private static void assertHarmless(String target, byte[] input) {
    assertThatCode(() -> open(target, input))
        .as(HexFormat.of().formatHex(input))
        .doesNotThrowAnyException();
  }

  private static void open(String target, byte[] input) {
    switch (target) {
      case "PacketFuzz" -> PacketFuzz.fuzzerTestOneInput(input);
      case "CipherFuzz" -> CipherFuzz.fuzzerTestOneInput(input);
      case "ConfigurationFuzz" -> ConfigurationFuzz.fuzzerTestOneInput(input);
      case "EngineFuzz" -> EngineFuzz.fuzzerTestOneInput(input);
      case "StreamFuzz" -> StreamFuzz.fuzzerTestOneInput(input);
      default -> throw new IllegalArgumentException(target);
    }
  }

  private byte[] damaged(byte[] seed) {
    byte[] damaged = Arrays.copyOf(seed, 1 + random.nextInt(seed.length + 8));
    for (int i = random.nextInt(8); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    damaged[0] = seed[0]; // which door it is for
    return damaged;
  }

  /** The messages of a seed many times over, where a good header is put around them. */
  private static byte[] repeated(byte[] seed, int times) {
    if (seed[0] == 0) {
      return seed;
    }
    int first = 2; // the kind of input, and the incarnation of the header
    byte[] repeated = Arrays.copyOf(seed, first + (seed.length - first) * times);
    for (int i = 1; i < times; i++) {
      System.arraycopy(
          seed, first, repeated, first + (seed.length - first) * i, seed.length - first);
    }
    return repeated;
  }

  private static long allocatedReading(byte[] packet) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 5; i++) {
      PacketFuzz.read(packet);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    PacketFuzz.read(packet);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
