package io.gossip;

import static io.gossip.LoopbackNodes.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.wire.Message;
import io.gossip.wire.Message.DigestEntry;
import io.gossip.wire.Update;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes out per byte in, from nodes without keys to an address that has proven nothing. */
@Timeout(60)
class AmplificationTest {

  @Test
  void noAnswerIsLargerThanItsQuestion() throws IOException {
    try (LoopbackNodes nodes = new LoopbackNodes();
        Stranger stranger = new Stranger()) {
      GossipNode node = nodes.start("node");
      GossipNode other = nodes.start("other");
      await().until(() -> names(node).size() == 2);
      stranger.patience(30);
      long member = other.members().self().identity().handle();
      long answers = 0;
      for (Message question : questions(member)) {
        for (long sender : new long[] {5, member}) {
          for (int i = 0; i < 20; i++) {
            stranger.send(node, Stranger.packet(sender, question));
          }
          long back = stranger.bytesBack();
          assertThat(back).as("to %s", question).isLessThanOrEqualTo(stranger.bytesOut());
          answers += back;
        }
      }
      assertThat(answers).as("pings are answered").isPositive();
      assertThat(names(node)).containsExactly("node", "other");
    }
  }

  private static List<Message> questions(long member) {
    DigestEntry entry = new DigestEntry(member, 0, 0);
    return List.of(
        new Message.Ping(1, 0),
        new Message.Ping(1, member),
        new Message.PingReq(1, member),
        new Message.BucketHashes(1, 0, List.of(1L, 2L)),
        new Message.Digest(0, -1, List.of()),
        new Message.Fetch(List.of(entry)),
        new Message.Offer(List.of(entry)),
        new Message.Join(1),
        new Message.PageRequest(0),
        new Update.Dead(0xdead, 0, List.of()));
  }
}
