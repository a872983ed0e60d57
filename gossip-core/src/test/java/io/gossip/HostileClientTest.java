package io.gossip;

import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.names;
import static io.gossip.LoopbackNodes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats;
import io.gossip.wire.Header;
import io.gossip.wire.Message;
import io.gossip.wire.PacketWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stranger on the network of three encrypted nodes. Whatever it does, it changes no view, takes
 * no node out, and gets no answer.
 */
@Timeout(60)
class HostileClientTest {

  private static final Key KEY = Key.random(new SecureRandom());
  private static final Key OTHER = Key.random(new SecureRandom());
  private static final String CLUSTER = "loopback-test";

  private final LoopbackNodes nodes = new LoopbackNodes();
  private final SplittableRandom random = new SplittableRandom(7);
  private GossipNode a;
  private List<String> heard;
  private DatagramSocket socket;
  private long bytesOut;

  @BeforeEach
  void start() throws IOException {
    a = start("a");
    start("b");
    start("c");
    await().until(() -> names(a).size() == 3);
    heard = record(a);
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(300);
  }

  @AfterEach
  void nothingHasHappened() {
    assertThat(names(a)).containsExactly("a", "b", "c");
    assertThat(heard).noneMatch(event -> event.startsWith("Suspected") || event.startsWith("Fail"));
    assertThat(a.shellStats().count(ShellStats.Counter.ENGINE_FAULTS)).isZero();
    socket.close();
    nodes.close();
  }

  @Test
  void noiseGetsNoAnswer() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(1_400)];
      random.nextBytes(noise);
      if (i % 2 == 0 && noise.length > 4) { // looks sealed
        noise[0] = 0x47;
        noise[1] = 0x58;
        noise[2] = 1;
        noise[3] = (byte) (1 + i % 3);
      }
      send(noise);
    }
    assertThat(bytesBack()).isZero();
    assertThat(a.protection().refusals().recent()).isNotEmpty();
  }

  @Test
  void plainPacketsOfTheRightClusterGetNoAnswer() throws IOException {
    for (int i = 0; i < 100; i++) {
      send(ping());
    }
    assertThat(bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.PLAIN)).isEqualTo(100);
  }

  @Test
  void packetsUnderAnotherKeyOrOfAnotherClusterGetNoAnswer() throws IOException {
    PacketCipher otherKey = cipher(OTHER, CLUSTER);
    PacketCipher otherCluster = cipher(KEY, "another");
    for (int i = 0; i < 100; i++) {
      send(seal(otherKey));
      send(seal(otherCluster));
    }
    assertThat(bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.UNKNOWN_KEY)).isEqualTo(100);
    assertThat(refused(Refusals.Reason.FORGED)).isEqualTo(100);
  }

  @Test
  void whatWasRecordedGetsNoSecondAnswerWhereverItIsSent() throws IOException {
    PacketCipher member = cipher(KEY, CLUSTER);
    byte[] recorded = seal(member);
    send(recorded); // by the member itself: it is told who is here, and no more
    assertThat(bytesBack()).isPositive().isLessThan(bytesOut);
    bytesOut = 0;
    for (int i = 0; i < 1_000; i++) {
      send(recorded);
    }
    for (int bit = 0; bit < recorded.length * Byte.SIZE; bit++) {
      byte[] changed = recorded.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      send(changed);
    }
    assertThat(bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.REPLAYED)).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  @DisplayName("T-H 110: an empty packet is dropped, even from who holds the key")
  void anEmptyPacketOfAMemberIsDropped() throws IOException {
    PacketCipher member = cipher(KEY, CLUSTER);
    send(bytes(member.seal(ByteBuffer.allocate(0), address(a), System.nanoTime())));
    DatagramPacket hello = new DatagramPacket(new byte[100], 100);
    socket.receive(hello);
    Opened opened =
        member.open(
            ByteBuffer.wrap(hello.getData(), 0, hello.getLength()), address(a), System.nanoTime());
    assertThat(opened.outcome()).isEqualTo(Opened.Outcome.RESEND);
    long before = a.stats().dropped(SwimStats.Drop.MALFORMED);
    send(bytes(opened.bytes()));
    await().until(() -> a.stats().dropped(SwimStats.Drop.MALFORMED) == before + 1);
    assertThat(bytesBack()).isZero();
  }

  @Test
  void streamsOfNoiseAndOfPlainFramesAreClosedWithoutAnAnswer() throws IOException {
    byte[] plain = ping();
    byte[] noise = new byte[300];
    random.nextBytes(noise);
    byte[] tls = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
    for (byte[] frame : List.of(framed(plain), framed(noise), tls, framed(new byte[0]))) {
      try (Socket stream = new Socket(InetAddress.getLoopbackAddress(), address(a).getPort())) {
        stream.setSoTimeout(15_000);
        OutputStream out = stream.getOutputStream();
        out.write(frame);
        out.flush();
        stream.shutdownOutput();
        assertThat(answer(stream)).isZero();
      }
    }
  }

  @Test
  void halfOpenStreamsDoNotKeepOthersOut() throws IOException {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), address(a).getPort()));
      }
      GossipNode late =
          nodes.start(
              "late",
              builder ->
                  builder
                      .encryption(Encryption.with(Keyring.of(KEY)))
                      .seeds("127.0.0.1:" + address(a).getPort()));
      await().atMost(5, TimeUnit.SECONDS).until(() -> names(late).size() == 4);
      late.close();
      await().until(() -> names(a).size() == 3);
      heard.clear();
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
  }

  private GossipNode start(String name) {
    return nodes.start(name, builder -> builder.encryption(Encryption.with(Keyring.of(KEY))));
  }

  private static PacketCipher cipher(Key key, String cluster) {
    return new PacketCipher(Keyring.of(key), cluster, new SecureRandom(), PacketLimits.DEFAULT);
  }

  private byte[] seal(PacketCipher cipher) {
    return bytes(cipher.seal(ByteBuffer.wrap(ping()), address(a), System.nanoTime()));
  }

  private static byte[] ping() {
    PacketWriter writer = new PacketWriter(1_400);
    writer.begin(new Header(1, 0, Header.clusterHash(CLUSTER), 5, 0, 0), 1_400);
    assertThat(writer.add(new Message.Ping(42, 0))).isTrue();
    return bytes(writer.finish());
  }

  private static byte[] framed(byte[] frame) {
    return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void send(byte[] datagram) throws IOException {
    bytesOut += datagram.length;
    socket.send(new DatagramPacket(datagram, datagram.length, address(a)));
  }

  /** What came back until nothing more did. */
  private long bytesBack() throws IOException {
    long bytes = 0;
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    try {
      while (true) {
        socket.receive(packet);
        bytes += packet.getLength();
      }
    } catch (SocketTimeoutException e) {
      return bytes;
    }
  }

  private static int answer(Socket stream) throws IOException {
    return stream.getInputStream().readAllBytes().length;
  }

  private long refused(Refusals.Reason reason) {
    return a.protection().refusals().count(reason);
  }
}
