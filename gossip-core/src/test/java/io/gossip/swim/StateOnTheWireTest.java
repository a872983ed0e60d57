package io.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a state tells of itself is what the codec takes. */
class StateOnTheWireTest {

  private static final long GRACE = 10;

  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private int runs;

  @Test
  void everyRunOfAnyStateFitsIntoAPacket() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HeldState state = HeldState.own(Map.of());
      for (int now = 0; now < 60; now++) {
        String key = "key-" + random.nextInt(30);
        String value = random.nextInt(3) == 0 ? null : "ü".repeat(random.nextInt(130));
        state.write(now, Collections.singletonMap(key, value));
        state.purge(now, GRACE);
        int maxBytes = random.nextInt(512, 2_000);
        for (Update.State run : state.all(7, random.nextLong(now + 1), maxBytes)) {
          isWritten(run, maxBytes);
        }
        Update.State latest = state.latest(7, maxBytes);
        if (latest != null) {
          isWritten(latest, maxBytes);
        }
      }
    }
    assertThat(runs).isGreaterThan(10_000);
  }

  @Test
  void largestEntryThereCanBeIsToldInOneRun() {
    Map<String, String> largest =
        Map.of("k".repeat(Limits.KEY_BYTES), "v".repeat(Limits.VALUE_BYTES));
    HeldState state = HeldState.own(largest);

    assertThat(state.latest(7, Peer.STATE_RUMOR_BYTES)).isNotNull();
    assertThat(state.all(7, 0, 300)).hasSize(1);
  }

  private void isWritten(Update.State run, int maxBytes) {
    writer.begin(new Header(1, 0, 1, 1, 0, 0), Limits.FRAME_BYTES);

    assertThat(writer.add(run)).as(run::toString).isTrue();
    assertThat(PacketWriter.sizeOf(run)).as(run::toString).isLessThanOrEqualTo(maxBytes);
    runs++;
  }
}
