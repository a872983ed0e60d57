package io.gossip.sim;

import io.gossip.swim.StreamEnd;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel keeps for one process: the ends of its streams and the input it has not read yet. A
 * paused process's kernel goes on buffering, within bounds.
 */
final class Sockets {
  /** Bytes of datagrams that wait; more are dropped, as a receive buffer does. */
  static final int DATAGRAM_BYTES = 1 << 20;

  /** Bytes of frames that wait; beyond it the sender waits, as a closed window makes it. */
  static final int STREAM_BYTES = 1 << 20;

  /** Connections that wait to be accepted; more are not answered. */
  static final int BACKLOG = 128;

  /** Whether the process and the machine under it are there. */
  enum Standing {
    OPEN,
    /** The process is gone; its kernel answers for it. */
    CLOSED,
    /** The machine lost its power: nobody answers. */
    GONE
  }

  final Machine machine;
  private final Runnable wake;
  private final ArrayDeque<Input> waiting = new ArrayDeque<>();
  private final Map<Long, StreamSide> sides = new LinkedHashMap<>();
  private Standing standing = Standing.OPEN;
  private int datagramBytes;
  private int streamBytes;
  private int backlog;
  private boolean backlogFull;
  private long accepted;
  private long dropped;
  private @Nullable ByteBuffer lastDatagram;

  Sockets(Machine machine, Runnable wake) {
    this.machine = machine;
    this.wake = wake;
  }

  Standing standing() {
    return standing;
  }

  boolean isOpen() {
    return standing == Standing.OPEN;
  }

  /** Datagrams that found the receive buffer full. */
  long dropped() {
    return dropped;
  }

  /** What came last; {@code null} if nothing has. */
  @Nullable ByteBuffer lastDatagram() {
    return lastDatagram;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean hasRoom(int bytes) {
    return streamBytes + bytes <= STREAM_BYTES;
  }

  boolean acceptsMore() {
    return backlog < BACKLOG && !backlogFull;
  }

  /** Whether so many wait to be accepted already. */
  void fillBacklog(boolean full) {
    backlogFull = full;
  }

  void offer(Input input) {
    if (!isOpen()) {
      return;
    }
    if (input instanceof Input.Datagram datagram) {
      if (datagramBytes + input.size() > DATAGRAM_BYTES) {
        dropped++;
        return;
      }
      datagramBytes += input.size();
      lastDatagram = datagram.bytes();
    } else {
      streamBytes += input.size();
    }
    if (input instanceof Input.Accepted) {
      backlog++;
    }
    waiting.add(input);
    wake.run();
  }

  /** The next input, except what is about streams that the process has closed meanwhile. */
  @Nullable Input poll() {
    Input input = waiting.poll();
    while (input != null) {
      account(input);
      if (!(input instanceof Input.OfStream about) || sides.containsKey(about.stream())) {
        if (input instanceof Input.Closed closed) {
          sides.remove(closed.stream());
        }
        return input;
      }
      input = waiting.poll();
    }
    return null;
  }

  private void account(Input input) {
    if (input instanceof Input.Datagram) {
      datagramBytes -= input.size();
    } else {
      streamBytes -= input.size();
    }
    if (input instanceof Input.Accepted) {
      backlog--;
    }
  }

  void add(long stream, StreamSide side) {
    if (sides.put(stream, side) != null) {
      throw new IllegalStateException("stream " + stream + " is open already");
    }
  }

  /** Takes an accepted stream in and gives it its number. */
  long accept(StreamSide side) {
    long stream = --accepted;
    sides.put(stream, side);
    return stream;
  }

  @Nullable StreamSide side(long stream) {
    return sides.get(stream);
  }

  @Nullable StreamSide remove(long stream) {
    return sides.remove(stream);
  }

  /** The streams that lead to another process's machine. */
  List<StreamSide> sidesTo(Machine other) {
    List<StreamSide> found = new ArrayList<>();
    for (StreamSide side : sides.values()) {
      StreamSide peer = side.peer();
      if (peer != null && peer.sockets.machine == other) {
        found.add(side);
      }
    }
    return found;
  }

  /** All streams. */
  List<StreamSide> allSides() {
    return List.copyOf(sides.values());
  }

  /** Streams open or opening. */
  int streams() {
    return sides.size();
  }

  /** The process is killed: its kernel ends the streams. */
  void kill() {
    standing = Standing.CLOSED;
    boolean unread = !waiting.isEmpty();
    List<StreamSide> ended = new ArrayList<>(sides.values());
    clear();
    for (StreamSide side : ended) {
      // A kernel that throws away what was not read says so with a reset.
      side.endByKernel(unread ? StreamEnd.FAILED : StreamEnd.CLOSED);
    }
  }

  /** The machine loses its power. */
  void vanish() {
    standing = Standing.GONE;
    clear();
  }

  private void clear() {
    waiting.clear();
    sides.clear();
    datagramBytes = 0;
    streamBytes = 0;
    backlog = 0;
  }
}
