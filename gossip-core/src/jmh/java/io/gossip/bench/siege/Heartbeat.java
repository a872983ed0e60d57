package io.gossip.bench.siege;

import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.membership.ProtocolRange;
import io.gossip.wire.Header;
import io.gossip.wire.MalformedPacketException;
import io.gossip.wire.Message;
import io.gossip.wire.PacketReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Genuine pings to the victim, fifty a second, and how many of them are answered meanwhile. */
final class Heartbeat implements AutoCloseable {

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST = 200_000;

  /** So many answered in a row, and the victim is itself again. */
  private static final int IN_A_ROW = 10;

  private final InetSocketAddress target;
  private final @Nullable PacketCipher cipher;
  private final DatagramSocket socket;
  private final AtomicLongArray sentAt = new AtomicLongArray(MOST);
  private final AtomicLongArray answeredAt = new AtomicLongArray(MOST);
  private volatile int sent;
  private volatile boolean running = true;

  Heartbeat(Castle castle) throws IOException {
    this.target = castle.target();
    this.cipher = castle.mode().seals() ? Packets.cipher(castle.key(), Secrets.CLUSTER) : null;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(200);
    start(this::beat, "heartbeat");
    start(this::listen, "heartbeat-ear");
    Castle.pause(1_000); // until each knows the other's session
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  private void beat() {
    long next = System.nanoTime();
    while (running && sent < MOST) {
      int number = sent;
      sentAt.set(number, System.nanoTime());
      send(Packets.ping(number + 1L));
      sent = number + 1;
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private synchronized void send(byte[] packet) {
    byte[] bytes =
        cipher == null
            ? packet
            : Packets.bytes(cipher.seal(ByteBuffer.wrap(packet), target, System.nanoTime()));
    write(bytes);
  }

  private void write(byte[] bytes) {
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, target));
    } catch (IOException e) {
      if (running) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void listen() {
    PacketReader reader =
        new PacketReader(Header.clusterHash(Secrets.CLUSTER), new ProtocolRange(1, 1));
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    while (running) {
      try {
        socket.receive(packet);
        ByteBuffer plain = opened(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        if (plain != null) {
          for (Message message : reader.read(plain).messages()) {
            if (message instanceof Message.Ack ack) {
              answeredAt.set((int) (ack.nonce() - 1), System.nanoTime());
            }
          }
        }
      } catch (SocketTimeoutException e) {
        continue;
      } catch (IOException | MalformedPacketException e) {
        if (running) {
          System.out.println("heartbeat: " + e);
        }
      }
    }
  }

  private synchronized @Nullable ByteBuffer opened(ByteBuffer bytes) {
    if (cipher == null) {
      return bytes;
    }
    Opened opened = cipher.open(bytes, target, System.nanoTime());
    return switch (opened.outcome()) {
      case DELIVER -> ByteBuffer.wrap(Packets.bytes(opened.bytes()));
      case ANSWER, RESEND -> {
        write(Packets.bytes(opened.bytes()));
        yield null;
      }
      default -> null;
    };
  }

  /** Of those sent between these times, the share that was not answered within a second. */
  double lost(long from, long to) {
    int all = 0;
    int lost = 0;
    for (int i = 0; i < sent; i++) {
      long at = sentAt.get(i);
      if (at - from >= 0 && to - at > 0) {
        all++;
        lost += isAnswered(i) ? 0 : 1;
      }
    }
    return all == 0 ? Double.NaN : (double) lost / all;
  }

  /** The slowest but one in a hundred answers, in milliseconds. */
  double slow(long from, long to) {
    long[] times = new long[sent];
    int count = 0;
    for (int i = 0; i < times.length; i++) {
      if (sentAt.get(i) - from >= 0 && to - sentAt.get(i) > 0 && isAnswered(i)) {
        times[count++] = answeredAt.get(i) - sentAt.get(i);
      }
    }
    Arrays.sort(times, 0, count);
    return count == 0 ? Double.POSITIVE_INFINITY : times[(int) (count * 0.99)] / 1e6;
  }

  /** Seconds after that time until pings were answered one after the other again. */
  double recovery(long since) {
    int row = 0;
    for (int i = 0; i < sent; i++) {
      if (sentAt.get(i) - since < 0) {
        continue;
      }
      row = isAnswered(i) ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return (answeredAt.get(i - IN_A_ROW + 1) - since) / 1e9;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private boolean isAnswered(int number) {
    long at = answeredAt.get(number);
    return at != 0 && at - sentAt.get(number) <= LATE_NANOS;
  }

  @Override
  public void close() {
    running = false;
    socket.close();
  }
}
