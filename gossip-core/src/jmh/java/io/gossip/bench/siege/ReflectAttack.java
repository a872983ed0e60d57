package io.gossip.bench.siege;

import io.gossip.wire.Header;
import io.gossip.wire.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Questions under other people's addresses, in the hope that these get the answers. */
final class ReflectAttack implements Attack {

  private static final int REQUESTS = 100_000;
  private static final int PER_SECOND = 20_000;
  private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 1);

  @Override
  public String name() {
    return "reflect";
  }

  @Override
  public List<Row> run(Settings settings) throws IOException {
    Row row = new Row("reflection off sealed nodes");
    List<byte[]> questions = questions();
    try (Castle castle = new Castle(Mode.SEALED, settings.members());
        Crowd crowd = new Crowd();
        Watch watch = new Watch(castle)) {
      int[] asked = {0};
      Crowd.Ammunition all =
          buffer -> {
            buffer.put(questions.get(asked[0] % questions.size()));
            return asked[0]++ < REQUESTS;
          };
      watch.fire(crowd, PER_SECOND, 600, List.of(all));
      watch.report(row, crowd, 0);
      watch.judge(row);
    }
    return List.of(row);
  }

  private static List<byte[]> questions() {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> questions = new ArrayList<>();
    List<Message> messages =
        List.of(
            new Message.Ping(1, 0),
            new Message.Join(2),
            new Message.PageRequest(0),
            new Message.Digest(0, -1, List.of()));
    for (Message message : messages) {
      questions.add(Packets.plain(Secrets.CLUSTER, 1, Header.PULL, List.of(message)));
      byte[] packet = Packets.plain(Secrets.CLUSTER, 1, 0, List.of(message));
      for (byte kind = 1; kind <= 3; kind++) { // FIRST, BOUND, HELLO: all with the right key id
        byte[] body = new byte[kind == 3 ? 16 : packet.length + 16];
        random.nextBytes(body);
        questions.add(
            ByteBuffer.allocate(32 + body.length)
                .putShort((short) 0x4758)
                .put((byte) 1)
                .put(kind)
                .putInt(Secrets.key(1).id())
                .putLong(random.nextLong())
                .putInt(random.nextInt())
                .putLong(kind == 1 ? 0 : random.nextLong() | 1)
                .putInt(1 + random.nextInt(1_000))
                .put(body)
                .array());
      }
      var otherKey = Packets.cipher(9, Secrets.CLUSTER);
      var otherCluster = Packets.cipher(1, "another");
      for (var cipher : List.of(otherKey, otherCluster)) {
        questions.add(Packets.bytes(cipher.seal(ByteBuffer.wrap(packet), NOBODY, 0)));
      }
    }
    return questions;
  }
}
