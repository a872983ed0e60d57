package io.gossip.bench.siege;

import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Somebody who holds the key, and whose genuine pings are there to be recorded. */
final class Insider implements AutoCloseable {

  private final InetSocketAddress target;
  private final PacketCipher cipher = Packets.cipher(1, Secrets.CLUSTER);
  private final DatagramChannel channel = DatagramChannel.open();
  private final ByteBuffer received = ByteBuffer.allocate(2_000);
  private long nonce;

  Insider(InetSocketAddress target) throws IOException {
    this.target = target;
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
  }

  /** Sends one, and reads what has come: the session of the other end is in its first answer. */
  void ping() throws IOException {
    byte[] ping = Packets.ping(++nonce);
    channel.send(cipher.seal(ByteBuffer.wrap(ping), target, System.nanoTime()), target);
    while (channel.receive(received.clear()) != null) {
      Opened opened = cipher.open(received.flip(), target, System.nanoTime());
      if (opened.outcome() == Opened.Outcome.ANSWER || opened.outcome() == Opened.Outcome.RESEND) {
        channel.send(opened.bytes(), target);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
