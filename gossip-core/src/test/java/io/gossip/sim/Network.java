package io.gossip.sim;

import io.gossip.swim.StreamEnd;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The machines, and what goes from one to another: datagrams as they may, streams in order. */
final class Network {
  private static final long FIRST_SYN_RETRY_NANOS = 1_000_000_000L;
  private static final long LATEST_REPLAY_NANOS = 20_000_000_000L;
  private static final int SYN_ATTEMPTS = 6;
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final int EPHEMERAL_PORTS = 28_232;

  private final EventQueue queue;
  private final RandomGenerator random;
  private final Paths paths;
  private final Map<InetSocketAddress, Machine> machines = new HashMap<>(); // looked up only
  private int ephemeral;

  /** A machine, known by the one address that matters here. */
  private static final class Machine {
    boolean powered = true;
    @Nullable Sockets sockets; // null where no process listens
  }

  Network(EventQueue queue, RandomGenerator random, Paths paths) {
    this.queue = queue;
    this.random = random;
    this.paths = paths;
  }

  // Processes

  /** A process opens its sockets. Its machine is switched on if it was not. */
  Sockets listen(InetSocketAddress address, Runnable wake) {
    Machine machine = machines.computeIfAbsent(address, a -> new Machine());
    if (machine.sockets != null) {
      throw new IllegalStateException("a process listens at " + address + " already");
    }
    machine.powered = true;
    machine.sockets = new Sockets(address, wake);
    return machine.sockets;
  }

  /** A process ends; its kernel closes its streams and refuses new ones. */
  void kill(Sockets sockets) {
    machine(sockets).sockets = null;
    sockets.kill();
  }

  /** A machine loses its power, or all its packets are dropped: it answers nothing. */
  void powerOff(Sockets sockets) {
    Machine machine = machine(sockets);
    machine.sockets = null;
    machine.powered = false;
    sockets.vanish();
  }

  private Machine machine(Sockets sockets) {
    Machine machine = machines.get(sockets.address);
    if (machine == null || machine.sockets != sockets) {
      throw new IllegalStateException("no such process at " + sockets.address);
    }
    return machine;
  }

  // Datagrams

  void send(Sockets from, InetSocketAddress to, ByteBuffer packet) {
    if (!paths.datagramsPass(from.address, to)) {
      return;
    }
    Link link = paths.link(from.address, to);
    int copies = link.duplication() > 0 && random.nextDouble() < link.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (link.loss() > 0 && random.nextDouble() < link.loss()) {
        continue;
      }
      boolean damaged = link.corruption() > 0 && random.nextDouble() < link.corruption();
      ByteBuffer arriving = damaged ? damage(packet) : packet;
      long delay = link.delayNanos(random);
      queue.after(delay, () -> arrive(from.address, to, arriving));
      if (link.replay() > 0 && random.nextDouble() < link.replay()) {
        long later = delay + random.nextLong(LATEST_REPLAY_NANOS);
        queue.after(later, () -> arrive(from.address, to, arriving));
      }
    }
  }

  private ByteBuffer damage(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.duplicate().get(bytes);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private void arrive(InetSocketAddress from, InetSocketAddress to, ByteBuffer packet) {
    Machine machine = machines.get(to);
    if (machine != null && machine.sockets != null) {
      machine.sockets.offer(new Input.Datagram(from, packet));
    }
  }

  // Streams

  void connect(Sockets from, long stream, InetSocketAddress to) {
    StreamSide side = new StreamSide(this, from, stream);
    from.add(stream, side);
    InetSocketAddress ephemeralAddress =
        new InetSocketAddress(
            from.address.getAddress(), FIRST_EPHEMERAL_PORT + ephemeral++ % EPHEMERAL_PORTS);
    knock(side, ephemeralAddress, to, 0);
  }

  void write(Sockets from, long stream, ByteBuffer frame) {
    StreamSide side = from.side(stream);
    if (side != null) {
      side.write(frame);
    }
  }

  void close(Sockets from, long stream) {
    StreamSide side = from.remove(stream);
    if (side != null) {
      side.closeByProcess();
    }
  }

  private void knock(StreamSide side, InetSocketAddress from, InetSocketAddress to, int attempt) {
    if (side.isSettled() || side.isClosedByProcess() || !side.sockets.isOpen()) {
      return;
    }
    if (attempt == SYN_ATTEMPTS) {
      side.fail(StreamEnd.FAILED);
      return;
    }
    if (streamSegmentArrives(side.sockets.address, to)) {
      queue.after(streamDelay(side.sockets.address, to), () -> answer(side, from, to));
    }
    queue.after(FIRST_SYN_RETRY_NANOS << attempt, () -> knock(side, from, to, attempt + 1));
  }

  private void answer(StreamSide side, InetSocketAddress from, InetSocketAddress to) {
    Machine machine = machines.get(to);
    if (machine == null || !machine.powered) {
      return;
    }
    Sockets listening = machine.sockets;
    if (listening != null && side.peer() == null) {
      if (!listening.acceptsMore()) {
        return;
      }
      side.pairWith(new StreamSide(this, listening, 0));
    }
    if (!streamSegmentArrives(to, side.sockets.address)) {
      return;
    }
    boolean refused = side.peer() == null;
    queue.after(
        streamDelay(to, side.sockets.address),
        () -> {
          if (!refused) {
            side.establish(from);
          } else if (!side.isSettled()) {
            side.fail(StreamEnd.REFUSED);
          }
        });
  }

  boolean isPowered(InetSocketAddress address) {
    Machine machine = machines.get(address);
    return machine != null && machine.powered;
  }

  boolean streamSegmentArrives(InetSocketAddress from, InetSocketAddress to) {
    if (!paths.streamsPass(from, to)) {
      return false;
    }
    double loss = paths.link(from, to).loss();
    return loss == 0 || random.nextDouble() >= loss;
  }

  long streamDelay(InetSocketAddress from, InetSocketAddress to) {
    return paths.link(from, to).delayNanos(random);
  }

  // Time

  long now() {
    return queue.now();
  }

  void at(long time, Runnable action) {
    queue.at(time, action);
  }

  void after(long nanos, Runnable action) {
    queue.after(nanos, action);
  }
}
