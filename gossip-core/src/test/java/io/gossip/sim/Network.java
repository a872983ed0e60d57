package io.gossip.sim;

import io.gossip.swim.StreamEnd;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
  private final Machines machines;
  private final Paths paths;
  private final Bursts bursts;
  private int ephemeral;

  Network(EventQueue queue, RandomGenerator random, Machines machines, Paths paths) {
    this.queue = queue;
    this.random = random;
    this.machines = machines;
    this.paths = paths;
    bursts = new Bursts(random);
  }

  // Processes

  /** A process opens its sockets. Its machine is switched on if it was not. */
  Sockets listen(InetSocketAddress address, Runnable wake) {
    Machine machine = machines.at(address);
    if (machine.sockets != null) {
      throw new IllegalStateException("a process listens at " + address + " already");
    }
    machine.powered = true;
    machine.sockets = new Sockets(machine, wake);
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

  private static Machine machine(Sockets sockets) {
    if (sockets.machine.sockets != sockets) {
      throw new IllegalStateException("no such process at " + sockets.machine.address);
    }
    return sockets.machine;
  }

  // Datagrams

  void send(Sockets from, InetSocketAddress address, ByteBuffer packet) {
    Machine to = machines.at(address);
    Pipe uplink = from.machine.uplink;
    long wait = uplink == null ? 0 : uplink.datagram(queue.now(), packet.remaining());
    int largest = Math.min(from.machine.largestDatagram, to.largestDatagram);
    if (wait == Pipe.FULL
        || packet.remaining() > largest
        || !paths.datagramsPass(from.machine, to, queue.now())) {
      return;
    }
    Link link = paths.link(from.machine, to);
    Link.Noise noise = link.noise();
    int copies = chance(noise.duplication()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (isLost(link, from.machine, to)) {
        continue;
      }
      ByteBuffer arriving = afflicted(packet, noise);
      long delay = wait + link.delayNanos(random) + link.wireNanos(packet.remaining());
      transmit(from.machine, to, delay, new Flight(from.machine, to, arriving));
      if (chance(noise.replay())) {
        long later = delay + random.nextLong(LATEST_REPLAY_NANOS);
        transmit(from.machine, to, later, new Flight(from.machine, to, arriving));
      }
    }
  }

  /** Sends something on its way; it waits where that is clogged. */
  private void transmit(Machine from, Machine to, long delay, Runnable arrival) {
    Clog clog = paths.clog(from, to);
    if (clog == null) {
      queue.after(delay, arrival);
    } else {
      clog.hold(() -> transmit(from, to, delay, arrival));
    }
  }

  private boolean isLost(Link link, Machine from, Machine to) {
    Link.Loss loss = link.loss();
    double share =
        loss.comesInBursts() ? bursts.share(from.wayTo(to), loss, queue.now()) : loss.share();
    return chance(share) || chance(from.lossOut) || chance(to.lossIn);
  }

  private boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private ByteBuffer afflicted(ByteBuffer packet, Link.Noise noise) {
    ByteBuffer arriving = packet;
    if (chance(noise.corruption())) {
      byte[] bytes = new byte[packet.remaining()];
      packet.duplicate().get(bytes);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      arriving = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
    if (chance(noise.truncation())) {
      arriving = arriving.duplicate();
      arriving.limit(arriving.position() + random.nextInt(arriving.remaining()));
    }
    return arriving;
  }

  /** A datagram on its way. */
  private record Flight(Machine from, Machine to, ByteBuffer packet) implements Runnable {
    @Override
    public void run() {
      arrive(from.address, to, packet);
    }
  }

  /** A datagram is there, wherever it may have come from. */
  static void arrive(InetSocketAddress from, Machine to, ByteBuffer packet) {
    if (to.sockets != null) {
      to.sockets.offer(new Input.Datagram(from, packet));
    }
  }

  // Streams

  /** A stream that leads nowhere yet. */
  StreamSide open(Sockets from, long stream) {
    StreamSide side = new StreamSide(this, from, stream);
    from.add(stream, side);
    return side;
  }

  void connect(StreamSide side, InetSocketAddress to) {
    InetSocketAddress ephemeralAddress =
        new InetSocketAddress(
            side.sockets.machine.address.getAddress(),
            FIRST_EPHEMERAL_PORT + ephemeral++ % EPHEMERAL_PORTS);
    knock(side, ephemeralAddress, machines.at(to), 0);
  }

  private void knock(StreamSide side, InetSocketAddress from, Machine to, int attempt) {
    if (side.isSettled() || side.isClosedByProcess() || !side.sockets.isOpen()) {
      return;
    }
    if (attempt == SYN_ATTEMPTS) {
      side.fail(StreamEnd.FAILED);
      return;
    }
    Machine here = side.sockets.machine;
    if (paths.refuses(here, to, queue.now())) {
      queue.after(streamDelay(here, to), () -> side.fail(StreamEnd.REFUSED));
      return;
    }
    if (streamSegmentArrives(here, to)) {
      transmit(here, to, streamDelay(here, to), () -> answer(side, from, to));
    }
    queue.after(FIRST_SYN_RETRY_NANOS << attempt, () -> knock(side, from, to, attempt + 1));
  }

  private void answer(StreamSide side, InetSocketAddress from, Machine to) {
    if (!to.powered) {
      return;
    }
    Sockets listening = to.sockets;
    if (listening != null && side.peer() == null) {
      if (!listening.acceptsMore()) {
        return;
      }
      side.pairWith(new StreamSide(this, listening, 0));
    }
    if (!streamSegmentArrives(to, side.sockets.machine)) {
      return;
    }
    boolean refused = side.peer() == null;
    transmit(
        to,
        side.sockets.machine,
        streamDelay(to, side.sockets.machine),
        () -> {
          if (!refused) {
            side.establish(from);
          } else if (!side.isSettled()) {
            side.fail(StreamEnd.REFUSED);
          }
        });
  }

  boolean streamSegmentArrives(Machine from, Machine to) {
    return paths.streamsPass(from, to, queue.now()) && !isLost(paths.link(from, to), from, to);
  }

  long streamDelay(Machine from, Machine to) {
    return paths.link(from, to).delayNanos(random);
  }

  /** When this many bytes of a stream will be on the wire, behind those that will be by then. */
  long onWire(Machine from, Machine to, int bytes, long before) {
    long now = queue.now();
    long onLink = Math.max(before, now) + paths.link(from, to).wireNanos(bytes);
    return from.uplink == null ? onLink : Math.max(onLink, now + from.uplink.stream(now, bytes));
  }

  @Nullable Clog clog(Machine from, Machine to) {
    return paths.clog(from, to);
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
