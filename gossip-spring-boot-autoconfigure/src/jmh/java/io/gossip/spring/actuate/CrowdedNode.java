package io.gossip.spring.actuate;

import io.gossip.GossipNode;
import io.gossip.membership.Identity;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.SwimConfig;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A node that runs, and has heard of many members from one that does not exist. It asks none of
 * them how they are for as long as a benchmark takes.
 */
final class CrowdedNode implements AutoCloseable {

  private static final String CLUSTER = "bench";
  private static final long GENERATION = System.currentTimeMillis() - 1_000_000;
  private static final ProtocolRange PROTOCOL = new ProtocolRange(1, 1);
  private static final Duration NEVER = Duration.ofMinutes(30);

  final GossipNode node;

  CrowdedNode(int members) throws IOException {
    SwimConfig swim =
        SwimConfig.lan().toBuilder().cluster(CLUSTER).probeInterval(NEVER).watchLinks(0).build();
    node =
        GossipNode.builder()
            .id("shop-aaaaaaaa")
            .cluster(CLUSTER)
            .swim(swim)
            .bindHost(InetAddress.getLoopbackAddress())
            .bindPort(0)
            .build();
    node.start();
    try (DatagramSocket gossip =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      InetSocketAddress to = node.report().toCompletableFuture().join().bound();
      PacketWriter writer = new PacketWriter(1_400);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (node.members().members().size() < members) {
        for (int i = 1; i < members; i++) {
          int port = i == 1 ? gossip.getLocalPort() : 7946;
          send(gossip, to, packet(writer, alive(i, port)));
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException(
              "the node took only " + node.members().members().size() + " members");
        }
      }
    }
  }

  private static ByteBuffer packet(PacketWriter writer, Message message) {
    writer.begin(new Header(1, 0, Header.clusterHash(CLUSTER), identity(1).handle(), 0, 1), 1_400);
    writer.add(message);
    return writer.finish();
  }

  private static void send(DatagramSocket from, InetSocketAddress to, ByteBuffer packet)
      throws IOException {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static Update.Alive alive(int index, int port) {
    String host = index == 1 ? "127.0.0.1" : "127.1." + index / 250 + "." + (1 + index % 250);
    Identity identity = identity(index);
    return new Update.Alive(
        identity.id(),
        identity.generation(),
        0,
        new InetSocketAddress(host, port),
        "eu-1a",
        PROTOCOL,
        0);
  }

  private static Identity identity(int index) {
    return new Identity(new NodeId(String.format("shop-b%07d", index)), GENERATION + index);
  }

  @Override
  public void close() {
    node.stop();
  }
}
