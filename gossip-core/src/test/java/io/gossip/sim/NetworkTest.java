package io.gossip.sim;

import static io.gossip.sim.Lab.A;
import static io.gossip.sim.Lab.B;
import static io.gossip.sim.Lab.EVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final Lab lab = new Lab();
  private final Network network = lab.network;
  private final Paths paths = lab.paths;
  private final Lab.Peer a = lab.peer(A);
  private final Lab.Peer b = lab.peer(B);

  private void run(Duration time) {
    lab.run(time);
  }

  @Test
  void datagramTakesTheTimeOfItsWay() {
    a.send(b, 7);
    paths.between(B, A, EVEN.withLatency(Duration.ofMillis(3)));
    b.send(a, 8);
    run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("10 datagram 7");
    assertThat(a.got).containsExactly("3 datagram 8");
  }

  @Test
  void linkBetweenRegionsHoldsForBothDirections() {
    paths.zone("east", List.of(A));
    paths.zone("west", List.of(B));
    paths.betweenRegions("east", "west", EVEN.withLatency(Duration.ofMillis(50)));
    a.send(b, 1);
    b.send(a, 2);
    run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("50 datagram 1");
    assertThat(a.got).containsExactly("50 datagram 2");
  }

  @Test
  void shareOfDatagramsIsLostAndShareArrivesTwice() {
    paths.all(EVEN.withLoss(0.2).withDuplication(0.1));
    for (int i = 0; i < 10_000; i++) {
      a.send(b, i);
    }
    run(Duration.ofSeconds(1));
    assertThat(b.got.size()).isCloseTo(8_800, within(200));
  }

  @Test
  void replayedDatagramArrivesOnceMoreMuchLater() {
    paths.all(EVEN.withReplay(1));
    a.send(b, 5);
    run(Duration.ofSeconds(1));
    assertThat(b.got).first().isEqualTo("10 datagram 5");
    run(Duration.ofSeconds(20));
    assertThat(b.got).hasSize(2).last().asString().endsWith("datagram 5");
  }

  @Test
  void damagedDatagramDiffersInOneBit() {
    paths.all(EVEN.withCorruption(1));
    a.send(b, 0);
    run(Duration.ofSeconds(1));
    int arrived = Integer.parseInt(b.got.get(0).substring("10 datagram ".length()));
    assertThat(Integer.bitCount(arrived)).isEqualTo(1);
  }

  @Test
  void jitterLetsDatagramsOvertakeEachOther() {
    paths.all(EVEN.withJitter(Duration.ofMillis(20)));
    for (int i = 0; i < 20; i++) {
      a.send(b, i);
    }
    run(Duration.ofSeconds(1));
    List<String> order = b.got(text -> text.substring(text.indexOf("datagram")));
    assertThat(order).hasSize(20);
    assertThat(order).isNotEqualTo(sent(20));
  }

  private static List<String> sent(int count) {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add("datagram " + i);
    }
    return sent;
  }

  @Test
  void cutIsOneWayAndHeals() {
    paths.cut(A, B);
    a.send(b, 1);
    b.send(a, 2);
    run(Duration.ofSeconds(1));
    assertThat(b.got).isEmpty();
    assertThat(a.got).containsExactly("10 datagram 2");
    paths.heal();
    a.send(b, 3);
    run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("1010 datagram 3");
  }

  @Test
  void islandsHearOnlyThemselvesAndStrangersLiveOnTheFirst() {
    Lab.Peer c = lab.peer(Simulation.address(2));
    paths.partition(List.of(List.of(A), List.of(B)));
    a.send(b, 1);
    b.send(a, 2);
    c.send(a, 3);
    c.send(b, 4);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("10 datagram 3");
    assertThat(b.got).isEmpty();
  }

  @Test
  void deafMachineSendsAndMuteMachineHears() {
    paths.deafen(A);
    a.send(b, 1);
    b.send(a, 2);
    run(Duration.ofSeconds(1));
    paths.heal();
    paths.mute(A);
    a.send(b, 3);
    b.send(a, 4);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("1010 datagram 4");
    assertThat(b.got).containsExactly("10 datagram 1");
  }

  @Test
  void fullReceiveBufferDropsDatagrams() {
    b.paused = true;
    ByteBuffer large = Lab.room(1 << 16);
    for (int i = 0; i < 17; i++) {
      a.send(b, large);
    }
    run(Duration.ofSeconds(1));
    assertThat(b.sockets.dropped()).isEqualTo(1);
    b.paused = false;
    b.read();
    assertThat(b.got).hasSize(16);
  }

  @Test
  void connectingTakesARoundTrip() {
    a.connect(1, b);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("20 connected 1");
    assertThat(b.got).containsExactly("30 accepted -1");
  }

  @Test
  void machineWithoutProcessRefuses() {
    network.kill(b.sockets);
    a.connect(1, b);
    run(Duration.ofSeconds(5));
    assertThat(a.got).containsExactly("20 closed 1 REFUSED");
    assertThat(a.sockets.streams()).isZero();
  }

  @Test
  void silentMachineDoesNotAnswerAtAll() {
    network.powerOff(b.sockets);
    a.connect(1, b);
    run(Duration.ofSeconds(60));
    assertThat(a.got).isEmpty();
    run(Duration.ofSeconds(10));
    assertThat(a.got).containsExactly("63000 closed 1 FAILED");
  }

  @Test
  void lostHandshakeIsTriedAgain() {
    paths.cut(B, A);
    a.connect(1, b);
    run(Duration.ofMillis(500));
    paths.heal();
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("1020 connected 1");
    assertThat(b.got).containsExactly("1030 accepted -1");
  }

  @Test
  void framesAreReliableAndInOrderUnderLoss() {
    a.connect(1, b);
    run(Duration.ofSeconds(1));
    paths.all(EVEN.withLoss(0.3).withJitter(Duration.ofMillis(5)));
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      a.write(1, i);
      written.add("frame -1 " + i);
    }
    run(Duration.ofMinutes(5));
    assertThat(b.got(text -> text.substring(text.indexOf(' ') + 1)).subList(1, 101))
        .isEqualTo(written);
  }

  @Test
  void streamIsClosedBehindWhatWasWrittenAndOnlyTheOtherSideHearsOfIt() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    b.write(-1, 5);
    b.write(-1, 6);
    b.close(-1);
    run(Duration.ofSeconds(1));
    assertThat(a.got)
        .containsExactly("20 connected 1", "110 frame 1 5", "110 frame 1 6", "110 closed 1 CLOSED");
    assertThat(b.got).containsExactly("30 accepted -1");
    assertThat(a.sockets.streams() + b.sockets.streams()).isZero();
  }

  @Test
  void pausedProcessIsConnectedToAndReadsLater() {
    b.paused = true;
    a.connect(1, b);
    run(Duration.ofMillis(100));
    a.write(1, 9);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("20 connected 1");
    b.paused = false;
    b.read();
    assertThat(b.got).containsExactly("1100 accepted -1", "1100 frame -1 9");
  }

  @Test
  void senderWaitsWhileTheReceiverHasNoRoom() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    b.paused = true;
    ByteBuffer half = Lab.room(Sockets.STREAM_BYTES / 2);
    for (int i = 0; i < 3; i++) {
      a.write(1, half);
    }
    run(Duration.ofSeconds(1));
    b.paused = false;
    b.read();
    assertThat(b.got).hasSize(3);
    run(Duration.ofSeconds(2));
    assertThat(b.got).hasSize(4);
  }

  @Test
  void killedProcessHasItsStreamsClosedByItsKernel() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    network.kill(b.sockets);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("20 connected 1", "110 closed 1 CLOSED");
  }

  @Test
  void killedProcessWithUnreadInputHasItsStreamsReset() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    b.paused = true;
    a.write(1, 1);
    run(Duration.ofMillis(100));
    network.kill(b.sockets);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("20 connected 1", "210 closed 1 FAILED");
  }

  @Test
  void streamToAMachineWithoutPowerHangsUntilTheKernelGivesUp() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    network.powerOff(b.sockets);
    a.write(1, 1);
    run(Duration.ofSeconds(60));
    assertThat(a.got).containsExactly("20 connected 1");
    run(Duration.ofMinutes(2));
    assertThat(a.got).hasSize(2);
    assertThat(a.got.get(1)).endsWith("closed 1 FAILED");
  }

  @Test
  void rebootedMachineResetsAStreamOfItsFormerLife() {
    a.connect(1, b);
    run(Duration.ofMillis(100));
    network.powerOff(b.sockets);
    Lab.Peer again = lab.peer(B);
    a.write(1, 1);
    run(Duration.ofSeconds(1));
    assertThat(a.got).containsExactly("20 connected 1", "120 closed 1 FAILED");
    assertThat(again.got).isEmpty();
  }

  @Test
  void blockedTransportLeavesTheOtherOpen() {
    paths.blockDatagrams(A, B);
    a.send(b, 1);
    a.connect(1, b);
    run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("30 accepted -1");
    paths.heal();
    paths.blockStreams(A, B);
    a.send(b, 2);
    a.connect(2, b);
    run(Duration.ofSeconds(10));
    assertThat(b.got).containsExactly("30 accepted -1", "1010 datagram 2");
  }
}
