package io.gossip.bench.siege;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Many streams of one attacker, opened again when they are closed, each of them abused alike. */
final class Horde implements AutoCloseable {

  /**
   * What is done with each.
   *
   * @param opening what is sent at once
   * @param dribbles whether one more byte follows every second
   * @param fins whether nothing follows, and the other end is told so
   */
  record Abuse(Supplier<byte[]> opening, boolean dribbles, boolean fins) {}

  private static final int OPENED_PER_SECOND = 500;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final InetSocketAddress target;
  private final Abuse abuse;
  private final int count;
  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::run, "horde");
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesBack = new AtomicLong();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private volatile boolean reopening = true;
  private volatile boolean running = true;

  Horde(InetSocketAddress target, Abuse abuse, int count) throws IOException {
    this.target = target;
    this.abuse = abuse;
    this.count = count;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long begin = System.nanoTime();
    long dribbled = begin;
    try {
      while (running) {
        long now = System.nanoTime();
        long due = (now - begin) / (SECOND / OPENED_PER_SECOND);
        while (reopening && open.get() < count && opened.get() < due) {
          connect();
        }
        if (!reopening || open.get() >= count) { // a pause is not made up for
          begin = now - opened.get() * (SECOND / OPENED_PER_SECOND);
        }
        selector.select(this::serve, 2);
        if (abuse.dribbles() && now - dribbled > SECOND) {
          dribbled = now;
          selector.keys().forEach(this::dribble);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    opened.incrementAndGet();
    open.incrementAndGet();
    try {
      channel.register(selector, SelectionKey.OP_CONNECT);
      channel.connect(target);
    } catch (IOException e) {
      close(channel);
    }
  }

  private void serve(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        write(channel, abuse.opening().get());
        if (abuse.fins()) {
          channel.shutdownOutput();
        }
      }
      if (key.isValid() && key.isReadable()) {
        int read = channel.read(buffer.clear());
        if (read < 0) {
          close(channel);
        } else {
          bytesBack.addAndGet(read);
        }
      }
    } catch (IOException e) {
      close(channel);
    }
  }

  private void dribble(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isValid() && channel.isConnected()) {
      try {
        write(channel, new byte[1]);
      } catch (IOException e) {
        close(channel);
      }
    }
  }

  private void write(SocketChannel channel, byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      bytesSent.addAndGet(channel.write(ByteBuffer.wrap(bytes)));
    }
  }

  private void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.out.println("horde: " + e);
    }
    open.decrementAndGet();
  }

  /** What is closed stays closed from now on. */
  void holdOn() {
    reopening = false;
  }

  /** How many are open. */
  int open() {
    return open.get();
  }

  long opened() {
    return opened.get();
  }

  long bytesSent() {
    return bytesSent.get();
  }

  long bytesBack() {
    return bytesBack.get();
  }

  @Override
  public void close() throws IOException {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
