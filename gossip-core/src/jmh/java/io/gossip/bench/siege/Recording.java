package io.gossip.bench.siege;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Packets in a file, each behind its length: millions of them fit into no process's heap. */
final class Recording {

  private final ByteBuffer bytes;

  private Recording(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Writes up to so many into a file, until it is closed. */
  static final class Writer implements AutoCloseable {

    private final DataOutputStream out;
    private int room;

    Writer(Path file, int most) throws IOException {
      this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
      this.room = most;
    }

    synchronized void write(byte[] packet) throws IOException {
      if (room > 0) {
        out.writeInt(packet.length);
        out.write(packet);
        room--;
      }
    }

    @Override
    public synchronized void close() throws IOException {
      room = 0;
      out.close();
    }
  }

  /** What was written into the file, which is not needed any more. */
  static Recording take(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new Recording(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } finally {
      Files.delete(file);
    }
  }

  /** All of it once more, in order. */
  Crowd.Ammunition ammunition() {
    ByteBuffer rest = bytes.duplicate();
    return buffer -> {
      if (!rest.hasRemaining()) {
        return false;
      }
      int end = rest.getInt() + rest.position();
      buffer.put(rest.duplicate().limit(end));
      rest.position(end);
      return true;
    };
  }

  /** How many have these bytes there. */
  long count(int from, byte[] expected) {
    ByteBuffer rest = bytes.duplicate();
    byte[] found = new byte[expected.length];
    long count = 0;
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length >= from + found.length) {
        rest.get(rest.position() + from, found);
        count += Arrays.equals(found, expected) ? 1 : 0;
      }
      rest.position(rest.position() + length);
    }
    return count;
  }
}
