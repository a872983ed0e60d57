package io.gossip.sim;

import io.gossip.swim.Seed;
import io.gossip.swim.StreamEnd;
import io.gossip.swim.Swim;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Something that a process has to deal with; what its kernel keeps while it cannot. Bytes are
 * read-only and are read from a duplicate.
 */
sealed interface Input {

  /** Hands it to the state machine. */
  void reach(Swim swim, long now);

  /** Room it takes in the kernel's buffers. */
  default int size() {
    return 0;
  }

  record Datagram(InetSocketAddress from, ByteBuffer bytes) implements Input {
    @Override
    public void reach(Swim swim, long now) {
      swim.receive(now, from, bytes.duplicate());
    }

    @Override
    public int size() {
      return bytes.remaining();
    }
  }

  /** Something about a stream of the process. */
  sealed interface OfStream extends Input {
    long stream();
  }

  record Connected(long stream) implements OfStream {
    @Override
    public void reach(Swim swim, long now) {
      swim.connected(now, stream);
    }
  }

  record Accepted(long stream, InetSocketAddress from) implements OfStream {
    @Override
    public void reach(Swim swim, long now) {
      swim.accepted(now, stream, from);
    }
  }

  record Frame(long stream, ByteBuffer bytes) implements OfStream {
    @Override
    public void reach(Swim swim, long now) {
      swim.received(now, stream, bytes.duplicate());
    }

    @Override
    public int size() {
      return bytes.remaining();
    }
  }

  record Closed(long stream, StreamEnd end) implements OfStream {
    @Override
    public void reach(Swim swim, long now) {
      swim.closed(now, stream, end);
    }
  }

  record Resolved(Seed seed, List<InetSocketAddress> addresses) implements Input {
    @Override
    public void reach(Swim swim, long now) {
      swim.resolved(now, seed, addresses);
    }
  }

  /** The application calls. */
  record Call(String what, Action action) implements Input {
    @Override
    public void reach(Swim swim, long now) {
      action.on(swim, now);
    }
  }

  /** What the application does to its state machine. */
  interface Action {
    void on(Swim swim, long now);
  }
}
