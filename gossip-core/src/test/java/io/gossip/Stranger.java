package io.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A socket that is no member's, which counts the bytes it sends and those that come back. */
final class Stranger implements AutoCloseable {

  private static final String CLUSTER = "loopback-test";

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private long bytesOut;

  Stranger() throws IOException {
    patience(300);
  }

  /** How long to wait for one more answer. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  void send(GossipNode to, byte[] datagram) throws IOException {
    bytesOut += datagram.length;
    socket.send(new DatagramPacket(datagram, datagram.length, LoopbackNodes.address(to)));
  }

  /** What comes next. */
  ByteBuffer receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
  }

  /** What came back until nothing more did. */
  long bytesBack() throws IOException {
    long bytes = 0;
    try {
      while (true) {
        bytes += receive().remaining();
      }
    } catch (SocketTimeoutException e) {
      return bytes;
    }
  }

  /** What has been sent since this was last asked. */
  long bytesOut() {
    long bytes = bytesOut;
    bytesOut = 0;
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }

  static byte[] ping() {
    return packet(5, new Message.Ping(42, 0));
  }

  static byte[] packet(long sender, Message message) {
    PacketWriter writer = new PacketWriter(1_400);
    writer.begin(new Header(1, Header.PULL, Header.clusterHash(CLUSTER), sender, 0, 0), 1_400);
    assertThat(writer.add(message)).isTrue();
    return bytes(writer.finish());
  }

  static byte[] framed(byte[] frame) {
    return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** How many bytes come on a stream until its other end closes it. */
  static int answer(Socket stream) throws IOException {
    try {
      return stream.getInputStream().readAllBytes().length;
    } catch (SocketException e) { // closed before all was read
      return 0;
    }
  }
}
