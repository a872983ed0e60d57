package io.gossip;

import static io.gossip.LoopbackNodes.address;
import static io.gossip.LoopbackNodes.names;
import static io.gossip.LoopbackNodes.record;
import static io.gossip.Stranger.answer;
import static io.gossip.Stranger.bytes;
import static io.gossip.Stranger.framed;
import static io.gossip.Stranger.packet;
import static io.gossip.Stranger.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.membership.Member;
import io.gossip.netty.Encryption;
import io.gossip.netty.Refusals;
import io.gossip.netty.ShellStats;
import io.gossip.swim.SwimStats;
import io.gossip.wire.Message;
import io.gossip.wire.Update;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
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
  private Stranger stranger;

  @BeforeEach
  void start() throws IOException {
    a = start("a");
    start("b");
    start("c");
    await().until(() -> names(a).size() == 3);
    heard = record(a);
    stranger = new Stranger();
  }

  @AfterEach
  void nothingHasHappened() {
    assertThat(names(a)).containsExactly("a", "b", "c");
    assertThat(heard).noneMatch(event -> event.startsWith("Suspected") || event.startsWith("Fail"));
    assertThat(a.shellStats().count(ShellStats.Counter.ENGINE_FAULTS)).isZero();
    stranger.close();
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
    assertThat(stranger.bytesBack()).isZero();
    assertThat(a.protection().refusals().recent()).isNotEmpty();
  }

  @Test
  void plainPacketsOfTheRightClusterGetNoAnswer() throws IOException {
    for (int i = 0; i < 100; i++) {
      send(ping());
    }
    assertThat(stranger.bytesBack()).isZero();
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
    assertThat(stranger.bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.UNKNOWN_KEY)).isEqualTo(100);
    assertThat(refused(Refusals.Reason.FORGED)).isEqualTo(100);
  }

  @Test
  void whatWasRecordedGetsNoSecondAnswerWhereverItIsSent() throws IOException {
    PacketCipher member = cipher(KEY, CLUSTER);
    byte[] recorded = seal(member);
    long greetings = a.shellStats().count(ShellStats.Counter.DATAGRAMS_GREETING);
    send(recorded); // by the member itself: it is told who is here, and no more
    assertThat(stranger.bytesBack()).isPositive().isLessThan(stranger.bytesOut());
    assertThat(a.shellStats().count(ShellStats.Counter.DATAGRAMS_GREETING))
        .isGreaterThan(greetings);
    for (int i = 0; i < 1_000; i++) {
      send(recorded);
    }
    for (int bit = 0; bit < recorded.length * Byte.SIZE; bit++) {
      byte[] changed = recorded.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      send(changed);
    }
    assertThat(stranger.bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.REPLAYED)).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  @DisplayName("T-H 110: an empty packet is dropped, even from who holds the key")
  void anEmptyPacketOfAMemberIsDropped() throws IOException {
    PacketCipher member = cipher(KEY, CLUSTER);
    send(bytes(member.seal(ByteBuffer.allocate(0), address(a), System.nanoTime())));
    Opened opened = member.open(stranger.receive(), address(a), System.nanoTime());
    assertThat(opened.outcome()).isEqualTo(Opened.Outcome.RESEND);
    long before = a.stats().dropped(SwimStats.Drop.MALFORMED);
    send(bytes(opened.bytes()));
    await().until(() -> a.stats().dropped(SwimStats.Drop.MALFORMED) == before + 1);
    assertThat(stranger.bytesBack()).isZero();
  }

  @Test
  void aFloodOfForgedPacketsIsCutBeforeItReachesTheKeysAndWhoIsKnownIsAnswered()
      throws IOException {
    PacketCipher member = cipher(KEY, CLUSTER);
    getAcquainted(member);
    byte[] forged = new byte[300];
    try (Stranger flood = new Stranger()) {
      for (int sent = 0; sent < 40_000 && refused(Refusals.Reason.RATE) == 0; sent += 200) {
        long before = cutOrForged();
        for (int i = 0; i < 200; i++) {
          random.nextBytes(forged);
          ByteBuffer.wrap(forged).putInt(0x47580101).putInt(KEY.id()).putLong(20, 0).putInt(28, 1);
          flood.send(a, forged);
        }
        await().pollInterval(Duration.ofMillis(1)).until(() -> cutOrForged() == before + 200);
      }
      assertThat(flood.bytesBack()).isZero();
    }
    assertThat(refused(Refusals.Reason.RATE)).isPositive();
    send(seal(member));
    assertThat(stranger.bytesBack()).isPositive();
  }

  private long cutOrForged() {
    return refused(Refusals.Reason.RATE) + refused(Refusals.Reason.FORGED);
  }

  /** Until what the member writes names the node's life. */
  private void getAcquainted(PacketCipher member) throws IOException {
    send(seal(member));
    send(bytes(member.open(stranger.receive(), address(a), System.nanoTime()).bytes()));
    assertThat(stranger.bytesBack()).isPositive();
  }

  @Test
  void forgedDeathsOfEveryMemberChangeNothing() throws IOException {
    PacketCipher otherKey = cipher(OTHER, CLUSTER);
    PacketCipher otherCluster = cipher(KEY, "another");
    long refusedBefore = refused(Refusals.Reason.PLAIN);
    int forms = 0;
    for (Member victim : a.members().members()) {
      long handle = victim.identity().handle();
      for (Message news :
          List.of(
              new Update.Dead(handle, victim.incarnation(), List.of()),
              new Update.Dead(handle, -1, List.of()),
              new Update.Left(handle, victim.incarnation()))) {
        byte[] packet = packet(handle, news);
        send(packet);
        send(bytes(otherKey.seal(ByteBuffer.wrap(packet), address(a), System.nanoTime())));
        send(bytes(otherCluster.seal(ByteBuffer.wrap(packet), address(a), System.nanoTime())));
        try (Socket stream = new Socket(InetAddress.getLoopbackAddress(), address(a).getPort())) {
          stream.getOutputStream().write(framed(packet));
          assertThat(answer(stream)).isZero();
        }
        forms++;
      }
    }
    assertThat(stranger.bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.PLAIN) - refusedBefore).isEqualTo(2L * forms);
    assertThat(refused(Refusals.Reason.UNKNOWN_KEY)).isEqualTo(forms);
    assertThat(refused(Refusals.Reason.FORGED)).isEqualTo(forms);
  }

  @Test
  void whatIsTooLargeGetsNoAnswer() throws IOException {
    byte[] largest = new byte[65_507];
    ByteBuffer.wrap(largest).putInt(0x47580101).putInt(KEY.id()).putLong(1).putInt(28, 1);
    send(largest);
    send(new byte[largest.length]);
    for (int length : new int[] {16 << 20, Integer.MAX_VALUE, -1}) {
      try (Socket stream = new Socket(InetAddress.getLoopbackAddress(), address(a).getPort())) {
        stream.getOutputStream().write(ByteBuffer.allocate(8).putInt(length).array());
        assertThat(answer(stream)).isZero();
      }
    }
    assertThat(stranger.bytesBack()).isZero();
    assertThat(refused(Refusals.Reason.FORGED)).isEqualTo(1);
    assertThat(refused(Refusals.Reason.PLAIN)).isEqualTo(1);
    assertThat(a.shellStats().count(ShellStats.Counter.FRAMES_TOO_LONG)).isEqualTo(3);
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

  private void send(byte[] datagram) throws IOException {
    stranger.send(a, datagram);
  }

  private long refused(Refusals.Reason reason) {
    return a.protection().refusals().count(reason);
  }
}
