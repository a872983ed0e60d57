package io.gossip.swim;

import io.gossip.membership.Identity;
import io.gossip.membership.Member;
import io.gossip.membership.MemberStatus;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.membership.ProtocolRange;
import io.gossip.sim.Simulation;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.PacketReader;
import io.gossip.wire.PacketWriter;
import io.gossip.wire.Protocol;
import io.gossip.wire.Update;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two state machines that reach each other at once, and nobody else: all others are names that a
 * stranger has told them. Time passes only when the test says so.
 */
final class Pair {

  private static final int TOLD_AT_ONCE = 500;

  /** Nobody is probed by itself, and rumors are told few times, and soon. */
  static final SwimConfig QUIET =
      SwimConfig.lan().toBuilder()
          .probeInterval(Duration.ofHours(1))
          .retransmitMultiplier(1)
          .bandwidth(1 << 30)
          .build();

  final Side a;
  final Side b;
  private final Deque<Runnable> deliveries = new ArrayDeque<>();
  private final PacketWriter writer = new PacketWriter(Limits.FRAME_BYTES);
  private final PacketReader reader =
      new PacketReader(Header.clusterHash("default"), Protocol.RANGE);
  private long now;

  /** Whether what one says reaches the other. */
  boolean connected = true;

  /** Packets with a digest that still pass before one is lost; none is if negative. */
  int digestsUntilLoss = -1;

  Pair() {
    this(QUIET);
  }

  Pair(SwimConfig config) {
    a = new Side("a", 0, config);
    b = new Side("b", 1, config);
    a.learns(b.self());
    b.learns(a.self());
  }

  /** One of the two. */
  final class Side implements Output {
    final Swim swim;
    final InetSocketAddress address;
    private final NodeId id;

    /** What it has said to the other since {@link Pair#forget}. */
    final List<Message> said = new ArrayList<>();

    /** What it has said to the other since then, in bytes. */
    int bytes;

    Side(String name, int number, SwimConfig config) {
      id = new NodeId(name);
      address = Simulation.address(number);
      Member self =
          new Member(
              id,
              Stage.GENERATION,
              0,
              MemberStatus.ALIVE,
              address,
              "",
              new ProtocolRange(1, 1),
              0,
              Map.of());
      // Every byte here is meant.
      SwimConfig numbers = config.toBuilder().without(Rule.SIZE_TRIALS).build();
      swim = new Swim(self, numbers, List.of(), new SplittableRandom(number), this);
      swim.start(0);
    }

    private Update.Alive self() {
      return alive(id, 0, address);
    }

    /** A stranger tells it these. */
    void learns(Update... updates) {
      for (int from = 0; from < updates.length; from += TOLD_AT_ONCE) {
        writer.begin(new Header(1, 0, Header.clusterHash("default"), 99, 0, 0), Limits.FRAME_BYTES);
        for (int i = from; i < Math.min(updates.length, from + TOLD_AT_ONCE); i++) {
          if (!writer.add(updates[i])) {
            throw new IllegalArgumentException("no room for " + updates[i]);
          }
        }
        swim.receive(now, Simulation.address(100_000), writer.finish());
      }
      deliver();
    }

    /** It pings the other, which is how they hear of each other's hash. */
    void pings() {
      swim.reportFailure(now, side(this).id);
      deliver();
    }

    long hash() {
      return swim.membership().hash();
    }

    /** What it has said of one kind. */
    <M extends Message> List<M> said(Class<M> kind) {
      List<M> found = new ArrayList<>();
      for (Message message : said) {
        if (kind.isInstance(message)) {
          found.add(kind.cast(message));
        }
      }
      return found;
    }

    @Override
    public void send(InetSocketAddress to, ByteBuffer packet) {
      Side target = side(this);
      if (!connected || !to.equals(target.address)) {
        return;
      }
      byte[] copy = new byte[packet.remaining()];
      packet.get(copy);
      bytes += copy.length;
      List<Message> messages = read(copy);
      said.addAll(messages);
      if (isLost(messages)) {
        return;
      }
      deliveries.add(() -> target.swim.receive(now, address, ByteBuffer.wrap(copy)));
    }

    private boolean isLost(List<Message> messages) {
      return messages.stream().anyMatch(Message.Digest.class::isInstance)
          && digestsUntilLoss-- == 0;
    }

    @Override
    public void connect(long stream, InetSocketAddress to) {}

    @Override
    public void write(long stream, ByteBuffer frame) {
      throw new AssertionError("there are no streams here");
    }

    @Override
    public void keep(long stream) {}

    @Override
    public void close(long stream) {}

    @Override
    public void resolve(Seed seed) {}

    @Override
    public void publish(MembershipEvent event) {}
  }

  private Side side(Side one) {
    return one == a ? b : a;
  }

  private List<Message> read(byte[] packet) {
    try {
      return reader.read(ByteBuffer.wrap(packet)).messages();
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private void deliver() {
    while (!deliveries.isEmpty()) {
      deliveries.remove().run();
    }
  }

  /** Lets time pass for both. */
  void passes(Duration time) {
    long end = now + time.toNanos();
    long next = Math.min(a.swim.nextDeadline(), b.swim.nextDeadline());
    while (next <= end) {
      now = Math.max(now, next);
      a.swim.expire(now, false);
      b.swim.expire(now, false);
      deliver();
      next = Math.min(a.swim.nextDeadline(), b.swim.nextDeadline());
    }
    now = end;
  }

  /** Until neither has rumors to tell, the other out of reach meanwhile; and a while longer. */
  void rumorsEnd() {
    connected = false;
    while (a.swim.report(now).rumors() + b.swim.report(now).rumors() > 0) {
      passes(Duration.ofSeconds(1));
    }
    passes(Duration.ofSeconds(1));
    connected = true;
    forget();
  }

  /** What has been said until now does not count. */
  void forget() {
    a.said.clear();
    a.bytes = 0;
    b.said.clear();
    b.bytes = 0;
  }

  int bytes() {
    return a.bytes + b.bytes;
  }

  boolean agree() {
    return a.hash() == b.hash();
  }

  /** The member of this number, as it is in an incarnation. */
  static Update.Alive member(int number, int incarnation) {
    return alive(new NodeId("m" + number), incarnation, Simulation.address(number + 2));
  }

  static long handle(int number) {
    return new Identity(new NodeId("m" + number), Stage.GENERATION).handle();
  }

  /** Members of numbers from one up to another, that one excluded. */
  static Update.Alive[] members(int from, int to, int incarnation) {
    Update.Alive[] members = new Update.Alive[to - from];
    for (int i = from; i < to; i++) {
      members[i - from] = member(i, incarnation);
    }
    return members;
  }

  private static Update.Alive alive(NodeId id, int incarnation, InetSocketAddress address) {
    return new Update.Alive(
        id, Stage.GENERATION, incarnation, address, "", new ProtocolRange(1, 1), 0);
  }
}
