package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gossip.netty.Refusals.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What is remembered of who was refused. */
class RefusalsTest {

  private static final long SECOND = 1_000_000_000;

  private final Refusals refusals = new Refusals();
  private long now = Long.MAX_VALUE - SECOND / 2; // it may run over

  @Test
  void theLatestSourcesAreRememberedTheLatestFirst() {
    for (int i = 0; i < Refusals.MAX_REMEMBERED + 8; i++) {
      add(i, Reason.RATE);
    }
    add(20, Reason.RATE);

    assertThat(refusals.recent()).hasSize(Refusals.MAX_REMEMBERED);
    assertThat(refusals.recent().get(0).source()).isEqualTo("10.0.0.20");
    assertThat(refusals.recent().get(0).count()).isEqualTo(2);
    assertThat(refusals.recent().get(1).source()).isEqualTo("10.0.0.39");
  }

  @Test
  void inAFloodAllAreCountedAndSomeOfTheSourcesRemembered() {
    for (int i = 0; i < 100_000; i++) {
      add(1, Reason.RATE);
    }

    assertThat(refusals.count(Reason.RATE)).isEqualTo(100_000);
    assertThat(refusals.recent())
        .singleElement()
        .satisfies(
            flood -> assertThat(flood.count()).isEqualTo(2 * Refusals.REMEMBERED_PER_SECOND));
    now += SECOND;
    add(2, Reason.RATE);
    assertThat(refusals.recent().get(0).source()).isEqualTo("10.0.0.2");
  }

  @Test
  void aFloodForOneReasonHidesNoOffenceOfAnother() {
    for (int i = 0; i < 100_000; i++) {
      add(i & 0xFF, Reason.RATE);
    }
    add(1, Reason.UNKNOWN_KEY);
    for (int i = 0; i < 100_000; i++) {
      add(i & 0xFF, Reason.RATE);
    }

    assertThat(refusals.recent()).anyMatch(refused -> refused.reason() == Reason.UNKNOWN_KEY);
  }

  @Test
  void whoeverWasNotProvenIsCountedAndNotNamed() {
    refusals.add(null, Reason.UNSIGNED, "a record of b");
    refusals.add(null, Reason.UNSIGNED, "a record of c");
    refusals.add(InetAddress.getLoopbackAddress(), Reason.UNSIGNED, "a leave of d");

    assertThat(refusals.count(Reason.UNSIGNED)).isEqualTo(3);
    assertThat(refusals.recent())
        .extracting(Refusals.Refused::source, Refusals.Refused::detail, Refusals.Refused::count)
        .containsExactly(
            tuple("127.0.0.1", "a leave of d", 1L),
            tuple("an address that was not proven", "a record of c", 2L));
  }

  private void add(int source, Reason reason) {
    try {
      byte[] address = {10, 0, 0, (byte) source};
      refusals.add(InetAddress.getByAddress(address), reason, "", now);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
