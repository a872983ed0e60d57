package io.gossip.netty;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.swim.SwimConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a datagram of a flood costs from where Netty hands it over to its refusal. They come from
 * 1,000 addresses, faster than strangers may send, and as many in one go as the node reads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RefusalBenchmark.BATCH)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RefusalBenchmark {

  static final int BATCH = DatagramHandler.MAX_PER_READ;

  private static final int SOURCES = 1_000;
  private static final int BYTES = 700;
  private static final String CLUSTER = "benchmark";

  private final Key key = Key.of(new byte[32]);
  private final InetSocketAddress[] sources = new InetSocketAddress[SOURCES];
  private final ByteBuf noMagic = noise();
  private final ByteBuf unknownKey = sealed(~key.id());
  private final ByteBuf forged = sealed(key.id());
  private final ByteBuf plain = noise().setShort(0, 0x4753).setShort(2, 0x0100);
  private Door withKeys = new Door(Encryption.with(Keyring.of(key)));
  private Door withoutKeys = new Door(null);
  private int next;

  /** A node's way in. */
  private final class Door {
    private final EventDispatcher dispatcher;
    private final Shell shell;
    private final DatagramHandler handler;
    private final ChannelHandlerContext context;

    Door(@Nullable Encryption encryption) {
      Protection protection = new Protection(List.of(), encryption, null, null, null);
      ShellStats stats = new ShellStats();
      RunSettings settings =
          new RunSettings(
              new NodeId("benchmark"),
              1,
              "",
              new TreeMap<>(),
              SwimConfig.lan(),
              List.of(),
              InetAddress.getLoopbackAddress(),
              0,
              1,
              AddressPreference.automatic(),
              TransportType.AUTO);
      var self = settings.self(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
      dispatcher =
          new EventDispatcher(
              "benchmark-", 10, stats, new Membership(0, 0, self, List.of(self), List.of()));
      dispatcher.open();
      try {
        shell = Shell.start(settings, dispatcher, protection, stats);
      } catch (ShellStartException e) {
        throw new IllegalStateException(e);
      }
      EmbeddedChannel channel = new EmbeddedChannel();
      PacketCipher cipher =
          encryption == null
              ? null
              : new PacketCipher(
                  encryption.keyring(), CLUSTER, new SecureRandom(), PacketLimits.DEFAULT);
      handler =
          new DatagramHandler(
              shell.driver, new Datagrams(channel, shell.driver, protection, cipher, stats));
      channel.pipeline().addLast(handler);
      context = channel.pipeline().lastContext();
    }

    void receive(ByteBuf bytes) {
      for (int i = 0; i < BATCH; i++) {
        InetSocketAddress from = sources[next++ % SOURCES];
        handler.channelRead0(context, new DatagramPacket(bytes, from, from));
      }
    }

    void close() {
      shell.stop(TimeUnit.SECONDS.toNanos(5));
      dispatcher.close(TimeUnit.SECONDS.toNanos(5));
    }
  }

  /** From where they come. */
  @Setup
  public void prepare() throws UnknownHostException {
    for (int i = 0; i < SOURCES; i++) {
      byte[] address = {10, 1, (byte) (i / 250), (byte) (1 + i % 250)};
      sources[i] = new InetSocketAddress(InetAddress.getByAddress(address), 7_946);
    }
  }

  /** Ends the nodes. */
  @TearDown
  public void end() {
    withKeys.close();
    withoutKeys.close();
  }

  /** Nothing that looks like a packet, where all have to be sealed. */
  @Benchmark
  public void noMagic() {
    withKeys.receive(noMagic);
  }

  /** Sealed, and says so of a key that is not in the ring. */
  @Benchmark
  public void unknownKey() {
    withKeys.receive(unknownKey);
  }

  /** Sealed under the right key id, as far as can be seen before it is opened. */
  @Benchmark
  public void forged() {
    withKeys.receive(forged);
  }

  /** Looks like a packet, but its checksum is wrong, where nothing is sealed. */
  @Benchmark
  public void plain() {
    withoutKeys.receive(plain);
  }

  private static ByteBuf noise() {
    byte[] bytes = new byte[BYTES];
    new SplittableRandom(1).nextBytes(bytes);
    return Unpooled.directBuffer(BYTES).writeBytes(bytes);
  }

  private static ByteBuf sealed(int keyId) {
    ByteBuffer header = ByteBuffer.allocate(32).putInt(0x47580101).putInt(keyId);
    header.putLong(0x0123456789abcdefL).putInt(7).putLong(0).putInt(1).flip();
    return noise().setBytes(0, header);
  }
}
