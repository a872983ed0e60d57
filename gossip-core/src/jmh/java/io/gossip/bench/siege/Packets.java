package io.gossip.bench.siege;

import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/** Packets as a stranger would write them. */
final class Packets {

  private static final int BUDGET = 1_400;

  private Packets() {}

  /** A packet of one message. */
  static byte[] plain(String cluster, long sender, int flags, List<Message> messages) {
    PacketWriter writer = new PacketWriter(BUDGET);
    writer.begin(new Header(1, flags, Header.clusterHash(cluster), sender, 0, 42), BUDGET);
    for (Message message : messages) {
      if (!writer.add(message)) {
        throw new IllegalStateException(message + " must fit");
      }
    }
    return bytes(writer.finish());
  }

  static byte[] ping(long nonce) {
    return plain(Secrets.CLUSTER, 1, 0, List.of(new Message.Ping(nonce, 0)));
  }

  static PacketCipher cipher(int keyNumber, String cluster) {
    return new PacketCipher(
        Keyring.of(Secrets.key(keyNumber)), cluster, new SecureRandom(), PacketLimits.DEFAULT);
  }

  static byte[] framed(byte[] frame) {
    return ByteBuffer.allocate(Integer.BYTES + frame.length)
        .putInt(frame.length)
        .put(frame)
        .array();
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
