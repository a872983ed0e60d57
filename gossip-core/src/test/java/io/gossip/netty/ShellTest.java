package io.gossip.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.membership.Membership;
import io.gossip.membership.NodeId;
import io.gossip.netty.ShellStats.Counter;
import io.gossip.swim.SwimConfig;
import io.gossip.swim.SwimReport;
import io.gossip.swim.SwimStats;
import io.gossip.wire.Header;
import io.gossip.wire.Limits;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import io.netty.channel.epoll.Epoll;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What strangers can do to a running node, and what it costs. */
@Timeout(60)
class ShellTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ShellStats stats = new ShellStats();
  private final List<Socket> sockets = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private EventDispatcher dispatcher;

  @SuppressWarnings("NullAway.Init")
  private Shell shell;

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    shell.stop(TimeUnit.SECONDS.toNanos(5));
    dispatcher.close(TimeUnit.SECONDS.toNanos(5));
    assertThat(stats.count(Counter.ENGINE_FAULTS)).isZero();
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void garbageInDatagramsIsCountedAndAnsweredToNobody(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, StreamLimits.DEFAULT);
    Random random = new Random(7);
    try (DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
      int[] sizes = {0, 1, 2, 30, 1_400, 9_000, 65_507};
      for (int size : sizes) {
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        stranger.send(new DatagramPacket(noise, size, shell.bound()));
      }

      await()
          .untilAsserted(
              () ->
                  assertThat(shell.swimStats().count(SwimStats.Counter.DATAGRAMS_RECEIVED))
                      .isEqualTo(sizes.length));
      assertThat(dropped()).isEqualTo(sizes.length);
      assertAlive();
      assertThat(shell.swimStats().count(SwimStats.Counter.DATAGRAMS_SENT)).isZero();
    }
  }

  @Test
  void garbageInFramesIsCountedAndTheNodeGoesOn() throws Exception {
    start(TransportType.AUTO, StreamLimits.DEFAULT);
    byte[] noise = new byte[500];
    new Random(7).nextBytes(noise);
    ByteBuffer frames = ByteBuffer.allocate(3 * 4 + 503);
    frames.putInt(500).put(noise).putInt(0).putInt(3).put(noise, 0, 3);
    Socket stranger = connect();
    stranger.getOutputStream().write(frames.array());

    await().until(() -> dropped() > 0);
    assertAlive();
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void streamThatAnnouncesTooLongAFrameIsClosed(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, StreamLimits.DEFAULT);
    for (int length : new int[] {Limits.FRAME_BYTES + 1, Integer.MAX_VALUE, -1}) {
      Socket stranger = connect();
      DataOutputStream out = new DataOutputStream(stranger.getOutputStream());
      out.writeInt(length);
      out.flush();
      assertClosed(stranger);
    }

    assertThat(stats.count(Counter.FRAMES_TOO_LONG)).isEqualTo(3);
    assertAlive();
  }

  @Test
  void streamThatBringsNoWholeFrameIsClosed() throws Exception {
    start(TransportType.AUTO, new StreamLimits(10, 10, SHORT, LONG, LONG));
    Socket silent = connect();
    Socket half = connect();
    half.getOutputStream().write(new byte[] {0, 0, 1, 0, 42});

    assertClosed(silent);
    assertClosed(half);
    await().untilAsserted(() -> assertThat(stats.count(Counter.STREAMS_SILENT)).isEqualTo(2));
  }

  @Test
  void streamMayBeIdleBetweenFramesButNotForEver() throws Exception {
    start(TransportType.AUTO, new StreamLimits(10, 10, SHORT, Duration.ofSeconds(1), LONG));
    Socket stranger = connect();
    long before = System.nanoTime();

    exchange(stranger, ping());

    assertClosed(stranger);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(SHORT.multipliedBy(2));
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void aWatchLinkMayBeSilentForAnyLengthOfTime(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, new StreamLimits(10, 10, Duration.ofSeconds(1), Duration.ofSeconds(1), LONG));
    SwimReport report = shell.report().get(5, TimeUnit.SECONDS);
    long handle = report.members().get(0).member().identity().handle();
    Socket watcher = connect();
    exchange(watcher, frame(new Message.Watch(42, handle)));
    Socket other = connect();
    exchange(other, ping());

    assertClosed(other); // it has been idle for too long, and the link for longer
    watcher.setSoTimeout(300);
    assertThatThrownBy(() -> watcher.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    watcher.close();
    await().until(() -> stats.count(Counter.STREAMS_SILENT) == 1);
  }

  private static void exchange(Socket socket, byte[] frame) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(frame.length);
    out.write(frame);
    out.flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    assertThat(in.readNBytes(in.readInt())).hasSizeBetween(1, 100);
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void streamsBeyondTheBoundAreResetAtOnce(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, new StreamLimits(2, 2, LONG, LONG, LONG));
    Socket first = connect();
    exchange(first, ping());
    exchange(connect(), ping());
    assertThat(stats.count(Counter.STREAMS_ACCEPTED)).isEqualTo(2);
    assertReset(connect());
    assertThat(stats.count(Counter.STREAMS_REFUSED)).isEqualTo(1);

    first.close();
    await()
        .untilAsserted(
            () -> {
              connect();
              assertThat(stats.count(Counter.STREAMS_ACCEPTED)).isGreaterThan(2);
            });
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void streamsThatSayNothingMakeRoomForOthersTheOldestFirst(TransportType transport)
      throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, new StreamLimits(2, 2, LONG, LONG, LONG));
    Socket first = connect();
    await().until(() -> stats.count(Counter.STREAMS_ACCEPTED) == 1);
    Socket second = connect();
    await().until(() -> stats.count(Counter.STREAMS_ACCEPTED) == 2);
    exchange(connect(), ping());
    assertReset(first);
    exchange(second, ping());
    assertThat(stats.count(Counter.STREAMS_REFUSED)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void readerThatDoesNotReadIsClosed(TransportType transport) throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, new StreamLimits(10, 10, LONG, LONG, SHORT));
    Socket stranger = new Socket();
    sockets.add(stranger);
    stranger.setReceiveBufferSize(4096);
    stranger.connect(shell.bound());
    await().until(() -> stats.count(Counter.STREAMS_ACCEPTED) == 1);

    byte[] frame = new byte[Limits.FRAME_BYTES];
    for (int i = 0; i < 100; i++) {
      shell.driver.execute(() -> shell.driver.outlet.write(-1, ByteBuffer.wrap(frame)));
    }

    await().untilAsserted(() -> assertThat(stats.count(Counter.STREAMS_SLOW)).isEqualTo(1));
    assertAlive();
  }

  @Test
  void whoHoldsAKeyAndAsksAsFastAsItCanIsClosed() throws Exception {
    Keyring ring = Keyring.of(Key.of(new byte[32]));
    Protection sealed = new Protection(List.of(), Encryption.with(ring), null, null, null);
    start(TransportType.AUTO, new StreamLimits(10, 10, LONG, LONG, LONG), sealed);
    Socket insider = connect();
    FrameCipher cipher = FrameCipher.initiator(ring, "default", new SecureRandom());
    DataOutputStream out = new DataOutputStream(insider.getOutputStream());
    write(out, cipher.start());
    DataInputStream in = new DataInputStream(insider.getInputStream());
    byte[] answer = in.readNBytes(in.readInt());
    assertThat(cipher.handshake(ByteBuffer.wrap(answer))).isNotNull();

    for (int i = 0; i < StreamLimits.FRAMES_PER_SECOND / 2; i++) {
      write(out, Objects.requireNonNull(cipher.seal(ByteBuffer.wrap(ping()))));
      assertThat(in.readNBytes(in.readInt())).isNotEmpty();
    }
    assertThatThrownBy(
            () -> {
              while (true) {
                write(out, Objects.requireNonNull(cipher.seal(ByteBuffer.wrap(ping()))));
              }
            })
        .isInstanceOf(IOException.class);

    assertThat(sealed.refusals().count(Refusals.Reason.RATE)).isEqualTo(1);
    assertAlive();
  }

  @ParameterizedTest
  @EnumSource(TransportType.class)
  void aStreamThatBringsMuchAtOnceLeavesDatagramsTheirTurn(TransportType transport)
      throws Exception {
    assumeTrue(transport != TransportType.EPOLL || Epoll.isAvailable());
    start(transport, new StreamLimits(10, 10, LONG, LONG, LONG));
    Socket stream = connect();
    exchange(stream, ping());
    CountDownLatch sent = new CountDownLatch(1);
    CompletableFuture<Long> frames = new CompletableFuture<>();
    shell.driver.execute(
        () -> {
          awaitUninterruptibly(sent);
          whenDatagramsHaveCome(
              () -> frames.complete(shell.swimStats().count(SwimStats.Counter.FRAMES_RECEIVED)));
        });

    int frame = Integer.BYTES + ping().length;
    ByteBuffer many = ByteBuffer.allocate(200 * frame);
    while (many.hasRemaining()) {
      many.putInt(ping().length).put(ping());
    }
    stream.getOutputStream().write(many.array());
    try (DatagramSocket member = new DatagramSocket(0, LOOPBACK)) {
      member.send(new DatagramPacket(ping(), ping().length, shell.bound()));
      sent.countDown();

      assertThat(frames.get(5, TimeUnit.SECONDS))
          .isLessThanOrEqualTo(1 + StreamLimits.BYTES_PER_TURN / frame);
    }
    await().until(() -> shell.swimStats().count(SwimStats.Counter.FRAMES_RECEIVED) == 201);
  }

  /** Looks after each turn of the loop. */
  private void whenDatagramsHaveCome(Runnable then) {
    if (shell.swimStats().count(SwimStats.Counter.DATAGRAMS_RECEIVED) > 0) {
      then.run();
    } else {
      shell.loop.schedule(() -> whenDatagramsHaveCome(then), 1, TimeUnit.NANOSECONDS);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(DataOutputStream out, ByteBuffer frame) throws IOException {
    byte[] bytes = new byte[Integer.BYTES + frame.remaining()];
    ByteBuffer.wrap(bytes).putInt(frame.remaining()).put(frame.duplicate());
    out.write(bytes);
  }

  @Test
  void readerThatTakesItsTimeGetsEverythingBeforeTheStreamIsClosed() throws Exception {
    start(TransportType.AUTO, new StreamLimits(10, 10, LONG, LONG, LONG));
    Socket stranger = connect();
    await().until(() -> stats.count(Counter.STREAMS_ACCEPTED) == 1);

    int frames = 100;
    byte[] frame = new byte[Limits.FRAME_BYTES];
    shell.driver.execute(
        () -> {
          for (int i = 0; i < frames; i++) {
            shell.driver.outlet.write(-1, ByteBuffer.wrap(frame));
          }
          shell.driver.outlet.close(-1);
        });

    assertThat(stranger.getInputStream().readAllBytes()).hasSize(frames * (4 + frame.length));
    assertThat(stats.count(Counter.STREAMS_SLOW)).isZero();
  }

  private void start(TransportType transport, StreamLimits limits) throws ShellStartException {
    start(transport, limits, new Protection(List.of(), null, null, null, null));
  }

  private void start(TransportType transport, StreamLimits limits, Protection protection)
      throws ShellStartException {
    RunSettings settings =
        new RunSettings(
            new NodeId("shell-test"),
            1,
            "",
            new TreeMap<>(),
            SwimConfig.lan(),
            List.of(),
            LOOPBACK,
            0,
            1,
            AddressPreference.automatic(),
            transport);
    var self = settings.self(new InetSocketAddress(LOOPBACK, 1));
    dispatcher =
        new EventDispatcher(
            "shell-test-", 10, stats, new Membership(0, 0, self, List.of(self), List.of()));
    dispatcher.open();
    shell = Shell.start(settings, dispatcher, limits, protection, stats);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.connect(shell.bound());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static byte[] ping() {
    return frame(new Message.Ping(42, 0));
  }

  private static byte[] frame(Message message) {
    PacketWriter writer = new PacketWriter(1_400);
    writer.begin(new Header(1, 0, Header.clusterHash("default"), 0, 0, 0), 1_400);
    assertThat(writer.add(message)).isTrue();
    ByteBuffer packet = writer.finish();
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return bytes;
  }

  private static void assertClosed(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
  }

  private void assertAlive() throws Exception {
    SwimReport report = shell.report().get(5, TimeUnit.SECONDS);
    assertThat(report.members()).hasSize(1);
  }

  private long dropped() {
    long sum = 0;
    for (SwimStats.Drop reason : SwimStats.Drop.values()) {
      sum += shell.swimStats().dropped(reason);
    }
    return sum;
  }
}
