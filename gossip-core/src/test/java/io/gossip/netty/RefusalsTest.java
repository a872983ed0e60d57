package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gossip.netty.Refusals.Reason;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What is remembered of who was refused. */
class RefusalsTest {

  @Test
  void whoeverWasNotProvenIsCountedAndNotNamed() {
    Refusals refusals = new Refusals();
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
}
