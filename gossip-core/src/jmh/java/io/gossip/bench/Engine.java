package io.gossip.bench;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import io.gossip.swim.Swim;
import io.gossip.swim.SwimConfig;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.PacketReader;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A state machine that knows some members, and an {@link Output} that counts what it sends. Its
 * time stands still at 0: nothing falls due, only inputs happen.
 */
final class Engine implements Output {

  static final String CLUSTER = "default";

  private static final long GENERATION = 1_790_000_000_000L;
  private static final ProtocolRange PROTOCOL = new ProtocolRange(1, 1);

  final Swim swim;
  final List<Update.Alive> members = new ArrayList<>();

  private final PacketWriter writer = new PacketWriter(1_400);
  private final PacketReader reader = new PacketReader(Header.clusterHash(CLUSTER), PROTOCOL);
  private long pinged;
  private boolean listening = true;
  private long sent;

  /** With this many members, itself included; the first of them has been heard and answers. */
  Engine(int size) {
    Member self =
        new Member(
            new NodeId("shop-aaaaaaaa"),
            GENERATION,
            0,
            MemberStatus.ALIVE,
            address(0),
            "eu-1a",
            PROTOCOL,
            0,
            record(0));
    swim = new Swim(self, SwimConfig.lan(), List.of(), new SplittableRandom(1), this);
    swim.start(0);
    for (int i = 1; i < size; i++) {
      Update.Alive member = alive(i, 0);
      members.add(member);
      swim.receive(0, address(1), packet(0, 1, List.of(member)));
    }
    // Asked for its rumors, the engine first makes sure that it is the first member who asks.
    swim.receive(0, address(1), packet(Header.PULL, 1, List.of(new Message.Nack(1, 1))));
    if (pinged == 0) {
      throw new IllegalStateException("the first member must have been pinged");
    }
    swim.receive(0, address(1), packet(0, 1, List.of(new Message.Ack(pinged, 0))));
    listening = false;
  }

  /** Where the first member's packets come from. */
  InetSocketAddress from() {
    return address(1);
  }

  /** A packet of the first member's. */
  ByteBuffer packet(int flags, long viewHash, List<? extends Message> messages) {
    writer.begin(header(flags, viewHash), 1_400);
    for (int i = 0; i < messages.size(); i++) {
      if (!writer.add(messages.get(i))) {
        throw new IllegalArgumentException("messages must fit a datagram: " + messages);
      }
    }
    return writer.finish();
  }

  Message.Ping ping() {
    return new Message.Ping(0x0102030405060708L, swim.membership().self().identity().handle());
  }

  /** Datagrams sent since the engine was made. */
  long sent() {
    return sent;
  }

  static Header header(int flags, long viewHash) {
    return new Header(1, flags, Header.clusterHash(CLUSTER), identity(1).handle(), 0, viewHash);
  }

  static Update.Alive alive(int index, int incarnation) {
    Identity identity = identity(index);
    return new Update.Alive(
        identity.id(), identity.generation(), incarnation, address(index), "eu-1a", PROTOCOL, 0);
  }

  /** What a service typically says of itself. */
  static Map<String, String> record(int index) {
    Map<String, String> record = new TreeMap<>();
    record.put("service", "shop");
    record.put("host", "10.1.0." + index % 256);
    record.put("port", "8080");
    record.put("scheme", "http");
    record.put("status", "UP");
    record.put("zone", "eu-1a");
    record.put("weight", "100");
    record.put("version", "1.42.0");
    return record;
  }

  private static Identity identity(int index) {
    return new Identity(new NodeId(String.format("shop-b%07d", index)), GENERATION + index);
  }

  private static InetSocketAddress address(int index) {
    return new InetSocketAddress("10.1." + index / 256 + "." + index % 256, 7946);
  }

  // Output

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) {
    sent++;
    if (listening) {
      listen(packet);
    }
  }

  private void listen(ByteBuffer packet) {
    try {
      for (Message message : reader.read(packet).messages()) {
        if (message instanceof Message.Ping ping) {
          pinged = ping.nonce();
        }
      }
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("the engine's packets must be readable", e);
    }
  }

  @Override
  public void connect(long stream, InetSocketAddress to) {
    throw new IllegalStateException("no stream is called for");
  }

  @Override
  public void write(long stream, ByteBuffer frame) {
    throw new IllegalStateException("no stream is called for");
  }

  @Override
  public void keep(long stream) {}

  @Override
  public void close(long stream) {
    throw new IllegalStateException("no stream is called for");
  }

  @Override
  public void resolve(Seed seed) {
    throw new IllegalStateException("there are no seeds");
  }

  @Override
  public void publish(MembershipEvent event) {
    // Nobody listens.
  }
}
