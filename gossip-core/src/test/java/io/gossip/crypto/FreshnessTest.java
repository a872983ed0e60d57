package io.gossip.crypto;

import static io.gossip.crypto.Party.SMALL;
import static io.gossip.crypto.Party.copy;
import static io.gossip.crypto.Party.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.crypto.Opened.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Genuine packets that come again, elsewhere, too late or in another order. */
class FreshnessTest {

  private static final long SECOND = 1_000_000_000L;

  private final Party ann = Party.on(1);
  private final Party bob = Party.on(2);

  @Test
  @DisplayName("T-H 111: a packet is delivered once")
  void packetIsDeliveredOnce() {
    ann.tell("hi", bob, 0);
    byte[] packet = ann.seal("once", bob, 0);

    assertThat(said(bob.open(packet, ann, 0))).isEqualTo("once");
    assertThat(said(bob.open(packet, ann, 0))).isEqualTo("REPLAY");
    assertThat(said(bob.open(packet, Party.on(9), 0))).isEqualTo("REPLAY");
  }

  @Test
  void packetForOneMemberIsNotDeliveredToAnother() {
    Party eve = Party.on(3);
    ann.tell("hi", bob, 0);
    ann.tell("hi", eve, 0);
    byte[] packet = ann.seal("for bob", bob, 0);

    long later = PacketCipher.GREETING_NANOS;
    assertThat(said(eve.open(packet, ann, later))).isEqualTo("ANSWER");
    assertThat(said(eve.open(packet, ann, later))).isEqualTo("REPLAY");
    assertThat(said(bob.open(packet, ann, later))).isEqualTo("for bob");
  }

  @Test
  void whatIsRepeatedOfOneSessionGetsOneAnswerInTwentyMilliseconds() {
    byte[] first = ann.seal("one", bob, 0);
    byte[] second = ann.seal("two", bob, 0);
    byte[] third = ann.seal("three", bob, 0);

    assertThat(said(bob.open(first, ann, 0))).isEqualTo("ANSWER");
    assertThat(said(bob.open(second, ann, PacketCipher.GREETING_NANOS - 1))).isEqualTo("NOTHING");
    assertThat(said(bob.open(third, ann, PacketCipher.GREETING_NANOS))).isEqualTo("ANSWER");
  }

  @Test
  void packetForAnEarlierLifeIsNotDelivered() {
    ann.tell("hi", bob, 0);
    byte[] packet = ann.seal("long ago", bob, 0);
    bob.open(packet, ann, 0);
    Party reborn = Party.on(2, new SplittableRandom(99), PacketLimits.DEFAULT);

    assertThat(said(reborn.open(packet, ann, 0))).isEqualTo("ANSWER");
    assertThat(said(reborn.open(packet, ann, 0))).isEqualTo("REPLAY");
    assertThat(reborn.cipher.stats().delivered()).isZero();
    assertThat(reborn.cipher.stats().addresses()).isZero();
  }

  @Test
  void firstIsAnsweredOnce() {
    byte[] first = ann.seal("hi", bob, 0);

    assertThat(said(bob.open(first, ann, 0))).isEqualTo("ANSWER");
    assertThat(said(bob.open(first, ann, 0))).isEqualTo("REPLAY");
    assertThat(bob.cipher.stats().hellosSent()).isEqualTo(1);
  }

  @Test
  void firstIsNotAnsweredAgainOnceItsSenderIsKnown() {
    byte[] first = ann.seal("hi", bob, 0);
    ann.finish(first, bob, 0);

    assertThat(said(bob.open(first, ann, 0))).isEqualTo("REPLAY");
  }

  @Test
  void firstThatWasForgottenIsAnsweredAgainAndNeverDelivered() {
    Party small = Party.on(2, new SplittableRandom(2), SMALL);
    byte[] first = ann.seal("hi", small, 0);
    small.open(first, ann, 0);
    for (int port = 10; port < 10 + SMALL.greeted(); port++) {
      Party asking = Party.on(port);
      small.open(asking.seal("hi", small, 0), asking, 0);
    }

    assertThat(said(small.open(first, ann, 0))).isEqualTo("ANSWER");
    assertThat(small.cipher.stats().delivered()).isZero();
    assertThat(small.cipher.stats().greetedEvicted()).isEqualTo(2);
  }

  @Test
  void packetsMayComeInAnotherOrderWithinTheWindow() {
    ann.tell("hi", bob, 0);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < ReplayWindow.SIZE; i++) {
      packets.add(ann.seal("m" + i, bob, 0));
    }
    for (int i = ReplayWindow.SIZE - 1; i >= 0; i--) {
      assertThat(said(bob.open(packets.get(i), ann, 0))).isEqualTo("m" + i);
    }
  }

  @Test
  void packetOlderThanTheWindowIsDropped() {
    ann.tell("hi", bob, 0);
    byte[] old = ann.seal("old", bob, 0);
    byte[] last = new byte[0];
    for (int i = 0; i < ReplayWindow.SIZE; i++) {
      last = ann.seal("new", bob, 0);
    }

    assertThat(said(bob.open(last, ann, 0))).isEqualTo("new");
    assertThat(said(bob.open(old, ann, 0))).isEqualTo("REPLAY");
  }

  @Test
  void forgedNumberDoesNotMoveTheWindow() {
    ann.tell("hi", bob, 0);
    byte[] packet = ann.seal("real", bob, 0);
    byte[] forged = packet.clone();
    forged[Layout.COUNTER_AT] = 0x7f;

    assertThat(said(bob.open(forged, ann, 0))).isEqualTo("TAG");
    assertThat(said(bob.open(packet, ann, 0))).isEqualTo("real");
  }

  @Test
  void helloIsHeardOnceAndOnlyByWhoAsked() {
    Party eve = Party.on(3);
    byte[] hello = copy(bob.open(ann.seal("hi", bob, 0), ann, 0).bytes());

    assertThat(said(eve.open(hello, bob, 0))).isEqualTo("STALE");
    assertThat(said(ann.open(hello, bob, 0))).isEqualTo("RESEND");
    assertThat(said(ann.open(hello, bob, 0))).isEqualTo("REPLAY");
    assertThat(said(ann.open(hello, eve, 0))).isEqualTo("REPLAY");
  }

  @Test
  void helloForAnEarlierLifeIsStale() {
    byte[] hello = copy(bob.open(ann.seal("hi", bob, 0), ann, 0).bytes());
    Party reborn = Party.on(1, new SplittableRandom(99), PacketLimits.DEFAULT);
    reborn.seal("hi", bob, 0);

    assertThat(said(reborn.open(hello, bob, 0))).isEqualTo("STALE");
  }

  @Test
  void ownPacketsSentBackAreDropped() {
    ann.tell("hi", bob, 0);
    byte[] bound = ann.seal("hi", bob, 0);
    byte[] first = ann.seal("hi", Party.on(3), 0);
    byte[] hello = copy(ann.open(Party.on(4).seal("hi", ann, 0), bob, 0).bytes());

    for (byte[] own : List.of(bound, first, hello)) {
      assertThat(said(ann.open(own, bob, 0))).isEqualTo("OWN");
    }
    ann.cipher.keyring(Keyring.of(Party.OTHER_KEY, Party.KEY), 0);
    assertThat(said(ann.open(bound, bob, 0))).isEqualTo("OWN");
  }

  @Test
  void firstThatIsReplayedDoesNotTeachWhoIsBehindAnAddress() {
    byte[] first = ann.seal("hi", bob, 0);

    bob.open(first, Party.on(66), 0);

    assertThat(bob.cipher.stats().addresses()).isZero();
  }

  @Test
  void wrongSessionBehindAnAddressIsFoundOutAndNothingIsLost() {
    Party eve = Party.on(3);
    ann.tell("hi", bob, 0);
    bob.tell("hi", ann, 0);
    byte[] taken = ann.seal("taken on its way", bob, 0);
    bob.open(taken, eve, 0);

    assertThat(bob.tell("to eve", eve, 6 * SECOND)).isEqualTo("to eve");
  }

  @Test
  void sessionIsChangedAMinuteAfterAWindowWasLost() {
    Party small = Party.on(2, new SplittableRandom(2), SMALL);
    ann.tell("hi", small, 0);
    byte[] recorded = ann.seal("recorded", small, 0);
    small.open(recorded, ann, 0);
    for (int port = 10; port < 10 + SMALL.senders(); port++) {
      Party.on(port).tell("hi", small, 0);
    }
    assertThat(small.cipher.stats().sendersEvicted()).isEqualTo(1);

    small.seal("x", ann, 59 * SECOND);
    assertThat(small.cipher.stats().ownSessions()).isEqualTo(1);
    small.seal("x", ann, 60 * SECOND);
    assertThat(small.cipher.stats().ownSessions()).isEqualTo(2);
    assertThat(small.open(recorded, ann, 70 * SECOND).outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(small.open(recorded, ann, 70 * SECOND).rejection()).isEqualTo(Rejection.REPLAY);
  }
}
