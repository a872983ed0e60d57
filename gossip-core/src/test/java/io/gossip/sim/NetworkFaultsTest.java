package io.gossip.sim;

import static io.gossip.sim.Lab.A;
import static io.gossip.sim.Lab.B;
import static io.gossip.sim.Lab.EVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** What faults of machines and ways do to datagrams and streams. */
class NetworkFaultsTest {
  private final Lab lab = new Lab();
  private final Lab.Peer a = lab.peer(A);
  private final Lab.Peer b = lab.peer(B);

  private Clog clog(Lab.Peer from, Lab.Peer to) {
    BitSet senders = new BitSet();
    senders.set(from.sockets.machine.number);
    BitSet receivers = new BitSet();
    receivers.set(to.sockets.machine.number);
    Clog clog = new Clog(senders, receivers);
    lab.paths.clog(clog);
    return clog;
  }

  @Test
  void cloggedWayHoldsDatagramsAndThenLetsThemGo() {
    Clog clog = clog(a, b);
    a.send(b, 1);
    a.send(b, 2);
    b.send(a, 3);
    lab.run(Duration.ofSeconds(5));
    assertThat(b.got).isEmpty();
    assertThat(a.got).containsExactly("10 datagram 3");
    lab.paths.unclog(clog);
    a.send(b, 4);
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("5010 datagram 1", "5010 datagram 2", "5010 datagram 4");
  }

  @Test
  void whatIsAlreadyOnItsWayIsNotHeld() {
    a.send(b, 1);
    lab.run(Duration.ofMillis(5));
    clog(a, b);
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("10 datagram 1");
  }

  @Test
  void cloggedWayHoldsStreamsAsWell() {
    a.connect(1, b);
    lab.run(Duration.ofMillis(100));
    Clog clog = clog(a, b);
    a.write(1, 5);
    a.write(1, 6);
    b.write(-1, 7);
    lab.run(Duration.ofSeconds(30));
    assertThat(b.got).containsExactly("30 accepted -1");
    assertThat(a.got).containsExactly("20 connected 1", "110 frame 1 7");
    lab.paths.unclog(clog);
    lab.run(Duration.ofMillis(100));
    assertThat(b.got).containsExactly("30 accepted -1", "30100 frame -1 5", "30100 frame -1 6");
  }

  @Test
  void handshakeWaitsOnACloggedWay() {
    Clog clog = clog(a, b);
    a.connect(1, b);
    lab.run(Duration.ofMillis(500));
    assertThat(a.got).isEmpty();
    lab.paths.unclog(clog);
    lab.run(Duration.ofSeconds(3));
    assertThat(a.got).containsExactly("520 connected 1");
    assertThat(b.got).containsExactly("530 accepted -1");
  }

  @Test
  void healingLetsGoWhatIsHeld() {
    clog(a, b);
    a.send(b, 1);
    lab.run(Duration.ofSeconds(1));
    lab.paths.heal();
    a.send(b, 2);
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got).containsExactly("1010 datagram 1", "1010 datagram 2");
  }

  @Test
  void narrowUploadQueuesDatagramsAndDropsWhatFindsNoRoom() {
    a.sockets.machine.uplink = new Pipe(10_000, 2_000);
    for (int i = 0; i < 10; i++) {
      a.send(b, Lab.room(1_000));
    }
    b.send(a, 1);
    lab.run(Duration.ofMillis(500));
    assertThat(b.got).containsExactly("110 datagram 0", "210 datagram 0", "310 datagram 0");
    assertThat(a.got).containsExactly("10 datagram 1");
    a.send(b, Lab.room(1_000));
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got).last().isEqualTo("610 datagram 0");
  }

  @Test
  void narrowUploadSlowsStreamsAndLosesNothingOfThem() {
    a.connect(1, b);
    lab.run(Duration.ofMillis(100));
    a.sockets.machine.uplink = new Pipe(10_000, 0);
    for (int i = 0; i < 3; i++) {
      a.write(1, Lab.room(1_000));
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got)
        .containsExactly("30 accepted -1", "210 frame -1 0", "310 frame -1 0", "410 frame -1 0");
  }

  @Test
  void machineLosesItsShareInEachDirection() {
    a.sockets.machine.lossIn = 0.5;
    a.sockets.machine.lossOut = 0.1;
    for (int i = 0; i < 10_000; i++) {
      a.send(b, i);
      b.send(a, i);
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got.size()).isCloseTo(9_000, within(150));
    assertThat(a.got.size()).isCloseTo(5_000, within(200));
  }

  @Test
  void streamThatIsForgottenOnItsWayHangsOnBothSides() {
    a.connect(1, b);
    lab.run(Duration.ofMillis(100));
    a.sockets.sidesTo(b.sockets.machine).forEach(StreamSide::forget);
    a.write(1, 5);
    lab.run(Duration.ofSeconds(60));
    assertThat(a.got).containsExactly("20 connected 1");
    lab.run(Duration.ofMinutes(10));
    assertThat(a.got).hasSize(2).last().asString().endsWith("closed 1 FAILED");
    assertThat(b.got).containsExactly("30 accepted -1");
    assertThat(b.sockets.streams()).isEqualTo(1);
  }

  @Test
  void otherStreamsDoNotMind() {
    a.connect(1, b);
    lab.run(Duration.ofMillis(100));
    a.sockets.sidesTo(b.sockets.machine).forEach(StreamSide::forget);
    a.connect(2, b);
    lab.run(Duration.ofMillis(100));
    a.write(2, 5);
    lab.run(Duration.ofMillis(100));
    assertThat(b.got).containsExactly("30 accepted -1", "130 accepted -2", "210 frame -2 5");
  }

  @Test
  void lossOfAWayAddsToThatOfAMachine() {
    lab.paths.all(EVEN.withLoss(0.5));
    b.sockets.machine.lossIn = 0.5;
    for (int i = 0; i < 10_000; i++) {
      a.send(b, i);
    }
    lab.run(Duration.ofSeconds(1));
    assertThat(b.got.size()).isCloseTo(2_500, within(200));
  }
}
