package io.gossip.bench;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.Opened.Outcome;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Datagrams sealed and opened. A packet opens once, so opening is measured together with sealing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PacketCipherBenchmark {

  private static final SocketAddress RECEIVER = new InetSocketAddress("127.0.0.1", 1);

  /** How long the message is. */
  @Param({"1024"})
  public int bytes = 1_024;

  /** How many members take turns in sending; with more than 128, each needs a key set up anew. */
  @Param({"1", "64", "256"})
  public int senders = 1;

  private PacketCipher[] ciphers = new PacketCipher[0];
  private SocketAddress[] addresses = new SocketAddress[0];
  private PacketCipher receiver = cipher(0);
  private ByteBuffer message = ByteBuffer.allocate(0);
  private ByteBuffer forged = ByteBuffer.allocate(0);
  private ByteBuffer stranger = ByteBuffer.allocate(0);
  private int next;

  /** Makes everybody known to the receiver. */
  @Setup
  public void setUp() {
    message = ByteBuffer.allocate(bytes);
    ciphers = new PacketCipher[senders];
    addresses = new SocketAddress[senders];
    for (int i = 0; i < senders; i++) {
      ciphers[i] = cipher(i + 1);
      addresses[i] = new InetSocketAddress("127.0.0.1", i + 2);
      ByteBuffer hello =
          receiver.open(ciphers[i].seal(message, RECEIVER, 0), addresses[i], 0).bytes();
      ByteBuffer again = ciphers[i].open(hello, RECEIVER, 0).bytes();
      if (receiver.open(again, addresses[i], 0).outcome() != Outcome.DELIVER) {
        throw new IllegalStateException("sender " + i + " must be known");
      }
    }
    forged = forged(ciphers[0]);
    stranger = forged(cipher(senders + 1));
  }

  /** Plain bytes to sealed ones. */
  @Benchmark
  public ByteBuffer seal() {
    return ciphers[0].seal(message, RECEIVER, 0);
  }

  /** Plain bytes to sealed ones, and back at the other side. */
  @Benchmark
  public Opened sealAndOpen() {
    int sender = next++ % senders;
    ByteBuffer sealed = ciphers[sender].seal(message, RECEIVER, 0);
    Opened opened = receiver.open(sealed, addresses[sender], 0);
    if (opened.outcome() != Outcome.DELIVER) {
      throw new IllegalStateException("a genuine packet must be delivered, but was " + opened);
    }
    return opened;
  }

  /** A packet with a wrong tag that names a known session. */
  @Benchmark
  public Opened openForged() {
    return receiver.open(forged, addresses[0], 0);
  }

  /** A packet with a wrong tag that names a session nobody has. */
  @Benchmark
  public Opened openForgedByAStranger() {
    return receiver.open(stranger, addresses[0], 0);
  }

  private ByteBuffer forged(PacketCipher cipher) {
    ByteBuffer sealed = cipher.seal(message, RECEIVER, 0);
    ByteBuffer copy = ByteBuffer.allocate(sealed.remaining()).put(sealed).flip();
    int last = copy.limit() - 1;
    return copy.put(last, (byte) ~copy.get(last));
  }

  private static PacketCipher cipher(int seed) {
    Keyring ring = Keyring.of(Key.random(new SplittableRandom(0)));
    return new PacketCipher(
        ring, Engine.CLUSTER, new SplittableRandom(1_000 + seed), PacketLimits.DEFAULT);
  }
}
