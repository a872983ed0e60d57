package io.gossip.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** A network without state machines: its processes write down what comes, and when. */
final class Lab {
  static final InetSocketAddress A = Simulation.address(0);
  static final InetSocketAddress B = Simulation.address(1);
  static final Link EVEN = Link.even(Duration.ofMillis(10));

  final EventQueue queue = new EventQueue();
  final Machines machines = new Machines();
  final Paths paths = new Paths(machines);
  final Network network = new Network(queue, new SplittableRandom(1), machines, paths);

  Lab() {
    paths.all(EVEN);
  }

  /** Reads whatever comes, unless it is paused. */
  final class Peer {
    final List<String> got = new ArrayList<>();
    final Sockets sockets;
    boolean paused;

    Peer(InetSocketAddress address) {
      sockets = network.listen(address, this::read);
    }

    void read() {
      Input input = paused ? null : sockets.poll();
      while (input != null) {
        got.add(queue.now() / 1_000_000 + " " + text(input));
        input = sockets.poll();
      }
    }

    void send(Peer to, int value) {
      network.send(sockets, to.sockets.machine.address, bytes(value));
    }

    void send(Peer to, ByteBuffer bytes) {
      network.send(sockets, to.sockets.machine.address, bytes);
    }

    void connect(long stream, Peer to) {
      network.connect(network.open(sockets, stream), to.sockets.machine.address);
    }

    void write(long stream, int value) {
      write(stream, bytes(value));
    }

    void write(long stream, ByteBuffer bytes) {
      side(stream).write(bytes);
    }

    void close(long stream) {
      StreamSide side = side(stream);
      sockets.remove(stream);
      side.closeByProcess();
    }

    private StreamSide side(long stream) {
      StreamSide side = sockets.side(stream);
      if (side == null) {
        throw new IllegalStateException("there is no stream " + stream);
      }
      return side;
    }

    /** Part of each line. */
    List<String> got(Function<String, String> part) {
      return got.stream().map(part).toList();
    }
  }

  Peer peer(InetSocketAddress address) {
    return new Peer(address);
  }

  void run(Duration time) {
    queue.run(queue.now() + time.toNanos());
  }

  private static String text(Input input) {
    if (input instanceof Input.Datagram datagram) {
      return "datagram " + value(datagram.bytes());
    }
    if (input instanceof Input.Frame frame) {
      return "frame " + frame.stream() + " " + value(frame.bytes());
    }
    if (input instanceof Input.Accepted accepted) {
      return "accepted " + accepted.stream();
    }
    if (input instanceof Input.Connected connected) {
      return "connected " + connected.stream();
    }
    if (input instanceof Input.Closed closed) {
      return "closed " + closed.stream() + " " + closed.end();
    }
    throw new AssertionError(input);
  }

  private static String value(ByteBuffer bytes) {
    return bytes.remaining() < Integer.BYTES
        ? "of " + bytes.remaining() + " bytes"
        : String.valueOf(bytes.getInt(bytes.position()));
  }

  static ByteBuffer bytes(int value) {
    return ByteBuffer.allocate(4).putInt(0, value).asReadOnlyBuffer();
  }

  static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size).asReadOnlyBuffer();
  }
}
