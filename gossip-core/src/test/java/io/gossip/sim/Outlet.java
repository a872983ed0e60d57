package io.gossip.sim;

import io.gossip.membership.Member;
import io.gossip.membership.MembershipEvent;
import io.gossip.swim.Misconduct;
import io.gossip.swim.Output;
import io.gossip.swim.Seed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a process: what its state machine asks for goes to its kernel; at once, or later
 * where that is the fault.
 */
final class Outlet implements Output {
  private final Surroundings world;
  private final SimNode node;
  private final Sockets sockets;
  private final Bounds bounds;
  private final @Nullable Seal seal;
  private final ArrayDeque<Runnable> heldDatagrams = new ArrayDeque<>();
  private final ArrayDeque<Runnable> heldStreams = new ArrayDeque<>();
  private @Nullable Output reception;
  private boolean blocked;
  private boolean full;
  private long dropped;

  Outlet(Surroundings world, SimNode node, Sockets sockets, Bounds bounds, @Nullable Seal seal) {
    this.world = world;
    this.node = node;
    this.sockets = sockets;
    this.bounds = bounds;
    this.seal = seal;
  }

  /** Its streams and look-ups lead to this instead of the world, until it is {@code null}. */
  void receive(@Nullable Output instead) {
    reception = instead;
  }

  /** Whether messages are held before they are sent. */
  void block(boolean held) {
    blocked = held;
    release();
  }

  /** Whether datagrams find no room in the send buffer, and writes on streams wait. */
  void fill(boolean noRoom) {
    full = noRoom;
    release();
  }

  /** The process is gone, and what it held with it. */
  void end() {
    heldDatagrams.clear();
    heldStreams.clear();
  }

  /** Datagrams that found no room in the send buffer. */
  long dropped() {
    return dropped;
  }

  private void release() {
    if (!blocked) {
      run(heldDatagrams);
    }
    if (!blocked && !full) {
      run(heldStreams);
    }
  }

  private static void run(ArrayDeque<Runnable> held) {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  @Override
  public void refused(@Nullable InetSocketAddress source, Misconduct misconduct, String detail) {
    if (source != null) {
      node.complains(source);
    }
  }

  @Override
  public @Nullable InetSocketAddress otherEnd(long stream) {
    StreamSide side = sockets.side(stream);
    StreamSide other = side == null ? null : side.peer();
    return other == null ? null : other.sockets.machine.address;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) {
    bounds.sends(world.now(), to, packet.remaining());
    ByteBuffer bytes = copy(packet);
    world.trace('D', node, bytes);
    node.loop().sends(bytes);
    sendSealed(to, seal == null ? bytes : seal.seal(to, bytes));
  }

  /** Sends a datagram as it is. */
  void sendSealed(InetSocketAddress to, ByteBuffer bytes) {
    if (blocked) {
      heldDatagrams.add(() -> sendNow(to, bytes));
    } else {
      sendNow(to, bytes);
    }
  }

  private void sendNow(InetSocketAddress to, ByteBuffer bytes) {
    if (full) {
      dropped++;
    } else {
      world.network().send(sockets, to, bytes);
    }
  }

  @Override
  public void connect(long stream, InetSocketAddress to) {
    world.trace('C', node, stream, to.hashCode());
    if (reception != null) {
      reception.connect(stream, to);
    } else {
      StreamSide side = world.network().open(sockets, stream);
      inTurn(() -> world.network().connect(side, to));
    }
  }

  @Override
  public void write(long stream, ByteBuffer frame) {
    bounds.writes(frame.remaining());
    ByteBuffer bytes = copy(frame);
    world.trace('F', node, bytes);
    if (reception != null) {
      reception.write(stream, bytes);
    } else {
      StreamSide side = sockets.side(stream);
      if (side != null) {
        inTurn(() -> side.write(bytes));
      }
    }
  }

  @Override
  public void keep(long stream) {}

  @Override
  public void close(long stream) {
    world.trace('X', node, stream, 0);
    if (reception != null) {
      reception.close(stream);
    } else {
      StreamSide side = sockets.remove(stream); // the process hears no more of it
      if (side != null) {
        inTurn(side::closeByProcess);
      }
    }
  }

  private void inTurn(Runnable action) {
    if (blocked || full) {
      heldStreams.add(action);
    } else {
      action.run();
    }
  }

  @Override
  public void resolve(Seed seed) {
    world.trace('R', node, seed.toString());
    if (reception != null) {
      reception.resolve(seed);
    } else {
      world.resolve(node, seed);
    }
  }

  @Override
  public void publish(MembershipEvent event) {
    Member member = event.member();
    long kind = event.getClass().getName().hashCode();
    long name = member.id().value().hashCode();
    long standing = (long) member.incarnation() << Byte.SIZE | member.status().name().charAt(0);
    world.trace('E', node, kind << Integer.SIZE ^ name, member.generation());
    world.trace('e', node, standing, member.stateVersion());
    node.published(event);
  }

  private static ByteBuffer copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }
}
