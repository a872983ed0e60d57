package io.gossip.bench.siege;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sockets of one attacker at many addresses of 127.0.0.0/8, as if the sources of its datagrams were
 * forged, except that answers to them are seen.
 */
final class Crowd implements AutoCloseable {

  /** Writes the next datagram into an empty buffer; {@code false} if there is none. */
  interface Ammunition {
    boolean load(ByteBuffer buffer);
  }

  private static final int SOURCES = 1_000;
  private static final int BURST = 20;

  private final List<DatagramChannel> channels = new ArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private long answers;
  private long bytesBack;
  private byte[] answer = new byte[0];

  Crowd() throws IOException {
    for (int i = 0; i < SOURCES; i++) {
      DatagramChannel channel = DatagramChannel.open();
      channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
      channel.bind(new InetSocketAddress("127.1." + i / 250 + "." + (1 + i % 250), 0));
      channel.configureBlocking(false);
      channels.add(channel);
    }
  }

  /** Sends from two threads until the ammunition or the time is at its end; seconds it took. */
  double fire(InetSocketAddress target, int perSecond, int seconds, List<Ammunition> ammunition) {
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ammunition.size(); i++) {
      int number = i;
      int rate = perSecond / ammunition.size();
      Thread thread =
          new Thread(
              () -> shoot(number, ammunition.size(), target, rate, seconds, ammunition.get(number)),
              "crowd-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void shoot(
      int first, int step, InetSocketAddress target, int rate, int seconds, Ammunition next) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(2_000);
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    int channel = first;
    for (long shot = 0; System.nanoTime() - end < 0; ) {
      long due = (long) ((System.nanoTime() - begin) / 1e9 * rate);
      for (int burst = 0; shot < due && burst < BURST; burst++, shot++) {
        buffer.clear();
        if (!next.load(buffer)) {
          return;
        }
        buffer.flip();
        int length = buffer.remaining();
        try {
          if (channels.get(channel).send(buffer, target) == length) {
            sent.incrementAndGet();
            bytesSent.addAndGet(length);
          }
        } catch (IOException e) {
          System.out.println("crowd: " + e);
        }
        channel = (channel + step) % channels.size();
      }
      if (shot >= due) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  /** Counts what has come back. */
  void listen() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(2_000);
    for (DatagramChannel channel : channels) {
      while (channel.receive(buffer.clear()) != null) {
        answers++;
        bytesBack += buffer.flip().remaining();
        answer = Packets.bytes(buffer);
      }
    }
  }

  long sent() {
    return sent.get();
  }

  long bytesSent() {
    return bytesSent.get();
  }

  /** Datagrams that came back. */
  long answers() {
    return answers;
  }

  /** One of the answers; empty if there was none. */
  byte[] answer() {
    return answer;
  }

  /** Bytes that came back. */
  long bytesBack() {
    return bytesBack;
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }
}
