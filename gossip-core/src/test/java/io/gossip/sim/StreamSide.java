package io.gossip.sim;

import io.gossip.swim.StreamEnd;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One side of a TCP connection, as its kernel keeps it: what was written and has not arrived, in
 * order. A segment that gets lost is sent again after 200 ms, 400 ms and so on; nothing overtakes
 * it.
 */
final class StreamSide {
  private static final long FIRST_RETRY_NANOS = 200_000_000L;
  private static final int LONGEST_RETRY = 6; // doublings: 12.8 s
  private static final int ATTEMPTS = 15;

  private final Network network;
  final Sockets sockets;
  private final ArrayDeque<Segment> unsent = new ArrayDeque<>();
  private long stream;
  private @Nullable StreamSide peer;
  private boolean established;
  private boolean ended;
  private boolean closedByProcess;
  private boolean forgotten; // by something between the two: nothing passes, nobody is told
  private boolean pumping;
  private long wireFree; // when all that was written will have been put on the wire
  private int attempts;

  StreamSide(Network network, Sockets sockets, long stream) {
    this.network = network;
    this.sockets = sockets;
    this.stream = stream;
  }

  /** Something that takes its turn on the way to the other side. */
  private sealed interface Segment {
    long ready();

    /** The handshake's last step: the other side learns of the stream. */
    record Open(long ready, InetSocketAddress from) implements Segment {}

    record Data(long ready, ByteBuffer bytes) implements Segment {}

    record End(long ready, StreamEnd how) implements Segment {}
  }

  @Nullable StreamSide peer() {
    return peer;
  }

  void pairWith(StreamSide other) {
    peer = other;
    other.peer = this;
  }

  boolean isClosedByProcess() {
    return closedByProcess;
  }

  boolean isSettled() {
    return established || ended;
  }

  /** Something on the way, which kept track of the stream, no longer knows of it. */
  void forget() {
    forgotten = true;
    StreamSide other = peer;
    if (other != null) {
      other.forgotten = true;
    }
  }

  /** Something on the way ends the stream in the name of either side. */
  void reset() {
    fail(StreamEnd.FAILED);
    StreamSide other = peer;
    if (other != null) {
      other.fail(StreamEnd.FAILED);
    }
  }

  /** The handshake is done on the side that began it. */
  void establish(InetSocketAddress from) {
    if (isSettled() || closedByProcess || !sockets.isOpen()) {
      return;
    }
    established = true;
    enqueue(new Segment.Open(readyAt(), from));
    sockets.offer(new Input.Connected(stream));
  }

  void write(ByteBuffer frame) {
    StreamSide other = requirePeer();
    wireFree = network.onWire(sockets.machine, other.sockets.machine, frame.remaining(), wireFree);
    enqueue(new Segment.Data(readyAt(), frame));
  }

  void closeByProcess() {
    closedByProcess = true;
    if (established) {
      enqueue(new Segment.End(readyAt(), StreamEnd.CLOSED));
    }
  }

  void endByKernel(StreamEnd how) {
    if (established && !closedByProcess) {
      closedByProcess = true;
      if (how == StreamEnd.FAILED) {
        unsent.clear();
      }
      enqueue(new Segment.End(readyAt(), how));
    }
  }

  /** The stream is over here: the process hears of it, unless it has closed the stream itself. */
  void fail(StreamEnd how) {
    if (ended) {
      return;
    }
    ended = true;
    unsent.clear();
    if (stream != 0 && !closedByProcess) {
      sockets.offer(new Input.Closed(stream, how));
    }
  }

  private long readyAt() {
    return Math.max(wireFree, network.now())
        + network.streamDelay(sockets.machine, requirePeer().sockets.machine);
  }

  private StreamSide requirePeer() {
    StreamSide other = peer;
    if (other == null) {
      throw new IllegalStateException("stream " + stream + " leads nowhere yet");
    }
    return other;
  }

  private void enqueue(Segment segment) {
    if (ended) {
      return;
    }
    unsent.add(segment);
    if (!pumping) {
      pumping = true;
      network.at(segment.ready(), this::pump);
    }
  }

  private void pump() {
    pumping = false;
    Segment head = unsent.peek();
    StreamSide other = peer;
    if (head == null || ended || other == null || sockets.standing() == Sockets.Standing.GONE) {
      return;
    }
    Clog clog = network.clog(sockets.machine, other.sockets.machine);
    if (clog != null) {
      pumping = true;
      clog.hold(this::pump);
      return;
    }
    if (!arrives(head, other)) {
      retry();
      return;
    }
    attempts = 0;
    unsent.remove();
    arriveAt(other, head);
    Segment next = unsent.peek();
    if (next != null && !pumping) {
      pumping = true;
      network.at(Math.max(network.now(), next.ready()), this::pump);
    }
  }

  private boolean arrives(Segment segment, StreamSide other) {
    if (forgotten || !network.streamSegmentArrives(sockets.machine, other.sockets.machine)) {
      return false;
    }
    if (other.sockets.standing() == Sockets.Standing.GONE) {
      return other.sockets.machine.powered; // and the rebooted machine resets it
    }
    return !(segment instanceof Segment.Data data)
        || !other.sockets.isOpen()
        || other.sockets.hasRoom(data.bytes().remaining());
  }

  private void retry() {
    if (++attempts == ATTEMPTS) {
      fail(StreamEnd.FAILED);
      return;
    }
    pumping = true;
    network.after(FIRST_RETRY_NANOS << Math.min(attempts - 1, LONGEST_RETRY), this::pump);
  }

  private void arriveAt(StreamSide other, Segment segment) {
    if (!other.sockets.isOpen() || other.ended) {
      if (!(segment instanceof Segment.End)) {
        network.after(
            network.streamDelay(other.sockets.machine, sockets.machine),
            () -> fail(StreamEnd.FAILED));
      }
      return;
    }
    if (segment instanceof Segment.Open open) {
      other.established = true;
      other.stream = other.sockets.accept(other);
      other.sockets.offer(new Input.Accepted(other.stream, open.from()));
    } else if (segment instanceof Segment.Data data) {
      if (!other.closedByProcess) {
        other.sockets.offer(new Input.Frame(other.stream, data.bytes()));
      }
    } else if (segment instanceof Segment.End end) {
      other.fail(end.how());
    } else {
      throw new AssertionError(segment);
    }
  }
}
