package io.gossip.wire;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gossip.membership.Evidence;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be said in bytes at all, and so is only the writer's to refuse. */
class WriterRulesTest {

  @ParameterizedTest
  @MethodSource("impossible")
  void whatNoPacketCanCarryIsRefused(Message message) {
    PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
    writer.begin(Samples.HEADER, Limits.FRAME_BYTES);

    assertThatIllegalArgumentException().isThrownBy(() -> writer.add(message));
  }

  static Stream<Message> impossible() {
    List<Update.Charge> six = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      six.add(new Update.Charge(i, Evidence.SILENT));
    }
    return Stream.of(
        new Message.Ack(1, -1),
        new Message.Ack(1, Limits.MAX_STATE_VERSION + 1),
        alive("a", -1, Samples.IPV4, "", 0),
        alive("a", Limits.MAX_GENERATION + 1, Samples.IPV4, "", 0),
        alive("a", 1, InetSocketAddress.createUnresolved("host", 1), "", 0),
        alive("a", 1, new InetSocketAddress(7946), "", 0),
        alive("a", 1, Samples.address("192.0.2.7", 0), "", 0),
        alive("a", 1, Samples.IPV4, "z".repeat(65), 0),
        alive("a", 1, Samples.IPV4, "\uD800", 0),
        alive("a", 1, Samples.IPV4, "", -1),
        new Update.Suspect(1, 0, six),
        new Update.Dead(1, 0, six),
        state(List.of(new Update.Entry("k".repeat(129), 1, "v"))),
        state(List.of(new Update.Entry("k", 1, "v".repeat(1025)))),
        state(List.of(new Update.Entry("k", 1, "ä".repeat(513)))),
        state(List.of(new Update.Entry("k", 1, "\uD83D"))),
        state(List.of(new Update.Entry("\uDE00", 1, "v"))),
        state(Collections.nCopies(65, new Update.Entry("k", 1, "v"))),
        new Update.State(1, -1, 1, 0, 0, List.of(new Update.Entry("k", 1, "v"))),
        new Update.State(1, 0, 1, -1, 0, List.of(new Update.Entry("k", 1, "v"))),
        new Update.State(1, 0, 1, 0, -1, List.of(new Update.Entry("k", 1, "v"))),
        new Message.BucketHashes(4, -1, List.of(1L)),
        new Message.Fetch(List.of(new Message.DigestEntry(1, 0, -2))),
        new Message.Digest(0, -1, List.of(new Message.DigestEntry(1, 0, -1))),
        new Message.Offer(List.of(new Message.DigestEntry(1, 0, -1))),
        new Message.JoinAccepted(1, -1),
        new Message.JoinRefused(1, RefusalReason.FULL, -1, ""),
        new Message.JoinRefused(1, RefusalReason.FULL, 0, "x".repeat(257)),
        new Message.JoinRefused(1, RefusalReason.FULL, 0, "a\nb"),
        new Message.Busy(1, Collections.nCopies(9, Samples.IPV4)));
  }

  private static Message alive(
      String id, long generation, InetSocketAddress address, String zone, long version) {
    return new Update.Alive(
        new NodeId(id), generation, 0, address, zone, new ProtocolRange(1, 1), version);
  }

  private static Message state(List<Update.Entry> entries) {
    return new Update.State(1, 0, 1, 0, 0, entries);
  }
}
