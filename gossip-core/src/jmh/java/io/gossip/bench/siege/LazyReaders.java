package io.gossip.bench.siege;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Keyring;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Streams of somebody who holds the key, asks for a while, and reads one byte a second. */
final class LazyReaders implements AutoCloseable {

  private static final int MOST_AT_ONCE = 500;
  private static final int TURNS_PER_SECOND = 100;

  /** For how long they ask. */
  static final int ASKING_SECONDS = 5;

  private static final class Stream {
    final SocketChannel channel;
    final FrameCipher cipher;
    ByteBuffer unsent = ByteBuffer.allocate(0);
    long asked;

    Stream(SocketChannel channel, FrameCipher cipher) {
      this.channel = channel;
      this.cipher = cipher;
    }
  }

  private final int perSecond;
  private final int atOnce; // a pause is not made up for
  private final List<Stream> streams = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "lazy-readers");
  private volatile long asked;
  private volatile long bytesSent;
  private volatile long bytesBack;
  private volatile boolean running = true;

  /**
   * Opens them.
   *
   * @param perSecond questions on each
   */
  LazyReaders(InetSocketAddress target, int count, int perSecond) throws IOException {
    this.perSecond = perSecond;
    this.atOnce = Math.max(1, Math.min(MOST_AT_ONCE, perSecond / TURNS_PER_SECOND));
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.connect(target);
      FrameCipher cipher =
          FrameCipher.initiator(Keyring.of(Secrets.key(1)), Secrets.CLUSTER, new SecureRandom());
      channel.write(ByteBuffer.wrap(Packets.framed(Packets.bytes(cipher.start()))));
      ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES + FrameCipher.HANDSHAKE_BYTES);
      while (answer.hasRemaining()) {
        if (channel.read(answer) < 0) {
          throw new IOException("who holds the key must be let in");
        }
      }
      if (cipher.handshake(answer.flip().position(Integer.BYTES)) == null) {
        throw new IOException("who holds the key must be answered, but " + cipher);
      }
      channel.configureBlocking(false);
      streams.add(new Stream(channel, cipher));
    }
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long begin = System.nanoTime();
    long next = begin;
    while (running) {
      long asking = Math.min(ASKING_SECONDS * 1_000_000_000L, System.nanoTime() - begin);
      long due = (long) (asking / 1e9 * perSecond);
      boolean reads = System.nanoTime() - next > 0;
      if (reads) {
        next += 1_000_000_000L;
      }
      for (Stream stream : List.copyOf(streams)) {
        try {
          ask(stream, due);
          if (reads) {
            read(stream);
          }
        } catch (IOException e) { // closed by the victim
          streams.remove(stream);
        }
      }
      Castle.pause(1_000 / TURNS_PER_SECOND);
    }
  }

  private void ask(Stream stream, long due) throws IOException {
    for (int i = 0; i < atOnce; i++) {
      if (stream.unsent.hasRemaining()) {
        bytesSent += stream.channel.write(stream.unsent);
        if (stream.unsent.hasRemaining()) {
          return; // the victim reads no more of us
        }
      }
      if (stream.asked >= due) {
        return;
      }
      ByteBuffer sealed = stream.cipher.seal(ByteBuffer.wrap(Packets.ping(++stream.asked)));
      if (sealed == null) {
        throw new IOException("sealed too much");
      }
      stream.unsent = ByteBuffer.wrap(Packets.framed(Packets.bytes(sealed)));
      asked++;
    }
  }

  private void read(Stream stream) throws IOException {
    int read = stream.channel.read(ByteBuffer.allocate(1));
    if (read < 0) {
      throw new IOException("closed");
    }
    bytesBack += read;
  }

  /** Questions asked on all of them. */
  long asked() {
    return asked;
  }

  long bytesSent() {
    return bytesSent;
  }

  long bytesBack() {
    return bytesBack;
  }

  @Override
  public void close() throws IOException {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Stream stream : streams) {
      stream.channel.close();
    }
  }
}
