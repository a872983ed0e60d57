package io.gossip.crypto;

import static io.gossip.crypto.Party.SMALL;
import static io.gossip.crypto.Party.copy;
import static io.gossip.crypto.Party.kind;
import static io.gossip.crypto.Party.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.crypto.Opened.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How members get to know each other, and what they then say. */
class PacketCipherTest {

  private static final long SECOND = 1_000_000_000L;

  private final Party ann = Party.on(1);
  private final Party bob = Party.on(2);

  @Test
  void firstMessageIsAnsweredAndSentAgainAndDeliveredOnce() {
    byte[] first = ann.seal("hi", bob, 0);
    assertThat(kind(first)).isEqualTo(Layout.FIRST);

    Opened answer = bob.open(first, ann, 0);
    assertThat(answer.outcome()).isEqualTo(Outcome.ANSWER);
    byte[] hello = copy(answer.bytes());
    assertThat(kind(hello)).isEqualTo(Layout.HELLO);

    Opened again = ann.open(hello, bob, 0);
    assertThat(again.outcome()).isEqualTo(Outcome.RESEND);
    byte[] bound = copy(again.bytes());
    assertThat(kind(bound)).isEqualTo(Layout.BOUND);

    assertThat(said(bob.open(bound, ann, 0))).isEqualTo("hi");
    assertThat(bob.cipher.stats().delivered()).isEqualTo(1);
    assertThat(bob.cipher.stats().hellosSent()).isEqualTo(1);
    assertThat(ann.cipher.stats().hellosHeard()).isEqualTo(1);
    assertThat(ann.cipher.stats().resent()).isEqualTo(1);
  }

  @Test
  void whoWasWrittenToKnowsTheWriter() {
    ann.tell("hi", bob, 0);

    byte[] reply = bob.seal("hello", ann, 0);

    assertThat(kind(reply)).isEqualTo(Layout.BOUND);
    assertThat(said(ann.open(reply, bob, 0))).isEqualTo("hello");
    assertThat(kind(ann.seal("more", bob, 0))).isEqualTo(Layout.BOUND);
  }

  @Test
  void bothMayWriteFirstAtOnce() {
    byte[] there = ann.seal("hi", bob, 0);
    byte[] back = bob.seal("hello", ann, 0);

    assertThat(ann.finish(there, bob, 0)).isEqualTo("hi");
    assertThat(bob.finish(back, ann, 0)).isEqualTo("hello");
  }

  @Test
  void ofSeveralFirstMessagesTheLastIsSentAgain() {
    byte[] first = ann.seal("one", bob, 0);
    byte[] second = ann.seal("two", bob, 0);

    assertThat(ann.finish(first, bob, 0)).isEqualTo("two");
    assertThat(ann.finish(second, bob, 0)).isEqualTo("NOTHING");
  }

  @Test
  void keptMessageIsForgottenAfterASecond() {
    byte[] first = ann.seal("hi", bob, 0);
    byte[] hello = copy(bob.open(first, ann, 0).bytes());

    assertThat(said(ann.open(hello, bob, SECOND + 1))).isEqualTo("NOTHING");
    assertThat(kind(ann.seal("more", bob, SECOND + 1))).isEqualTo(Layout.BOUND);
  }

  @Test
  void helloIsNeverLongerThanTheQuestion() {
    for (String text : new String[] {"", "x", "x".repeat(1_000)}) {
      Party asking = Party.on(text.length() + 10);
      byte[] first = asking.seal(text, bob, 0);
      assertThat(bob.open(first, asking, 0).bytes().remaining())
          .isEqualTo(48)
          .isLessThanOrEqualTo(first.length);
    }
  }

  @Test
  void messageForARestartedMemberIsSentAgainIfItHadBeenSilent() {
    ann.tell("hi", bob, 0);
    bob.tell("hi", ann, 0);
    Party reborn = Party.on(2, new SplittableRandom(99), PacketLimits.DEFAULT);

    byte[] early = ann.seal("lost", reborn, 2 * SECOND);
    byte[] late = ann.seal("kept", reborn, 6 * SECOND);

    assertThat(ann.finish(early, reborn, 6 * SECOND)).isEqualTo("kept");
    assertThat(ann.finish(late, reborn, 6 * SECOND)).isEqualTo("NOTHING");
    assertThat(ann.tell("now", reborn, 6 * SECOND)).isEqualTo("now");
  }

  @Test
  void messageThatMayHaveBeenReadIsNotSentAgain() {
    ann.tell("hi", bob, 0);
    byte[] elsewhere = ann.seal("for somebody else", Party.on(3), 9 * SECOND);
    String delivered = ann.tell("once", bob, 9 * SECOND);

    // Somebody makes bob say hello once more, while the packet is still kept.
    assertThat(delivered).isEqualTo("once");
    assertThat(ann.finish(elsewhere, bob, 9 * SECOND)).isEqualTo("NOTHING");
  }

  @Test
  void buffersAreLeftAsTheyAreAndReadWhateverTheirOrderAndKind() {
    ann.tell("hi", bob, 0);
    ByteBuffer plain = ByteBuffer.wrap("xxhixx".getBytes(UTF_8), 2, 2);
    ByteBuffer sealed = ann.cipher.seal(plain, bob.address, 0);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).order(ByteOrder.LITTLE_ENDIAN).position(7);
    direct.put(sealed.duplicate()).flip().position(7);
    ByteBuffer readOnly = direct.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);

    assertThat(PacketCipher.isSealed(readOnly)).isTrue();
    assertThat(said(bob.cipher.open(readOnly, ann.address, 0))).isEqualTo("hi");

    assertThat(plain).isEqualTo(ByteBuffer.wrap("xxhixx".getBytes(UTF_8), 2, 2));
    assertThat(readOnly.position()).isEqualTo(7);
    assertThat(readOnly.remaining()).isEqualTo(50);
  }

  @Test
  void whatTheCallerDoesToTheResultDoesNotShowInTheNext() {
    ann.tell("hi", bob, 0);
    ann.cipher
        .seal(ByteBuffer.allocate(3), bob.address, 0)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(5);

    assertThat(ann.tell("more", bob, 0)).isEqualTo("more");
  }

  @Test
  void longestMessageArrivesAndALongerOneIsRefused() {
    ann.tell("hi", bob, 0);
    String longest = "x".repeat(PacketCipher.MAX_PLAIN_BYTES);

    assertThat(ann.tell(longest, bob, 0)).isEqualTo(longest);
    assertThatThrownBy(() -> ann.seal(longest + "x", bob, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 65459 bytes, but was of 65460");
  }

  @Test
  void sealedDatagramsAreToldFromOthersByTheirFirstBytes() {
    assertThat(PacketCipher.isSealed(ByteBuffer.wrap(ann.seal("hi", bob, 0)))).isTrue();
    assertThat(PacketCipher.isSealed(ByteBuffer.wrap(new byte[] {0x47}))).isFalse();
    assertThat(PacketCipher.isSealed(ByteBuffer.wrap(new byte[] {0x47, 0x59, 1}))).isFalse();
    assertThat(PacketCipher.isSealed(ByteBuffer.wrap(new byte[] {0x46, 0x58, 1}))).isFalse();
  }

  @Test
  void whoNamesThisLifeHasHeardFromItAndOthersDoNot() {
    byte[] first = ann.seal("hi", bob, 0);
    assertThat(bob.cipher.namesThisLife(ByteBuffer.wrap(first), 0)).isFalse();
    ann.finish(first, bob, 0);
    byte[] bound = ann.seal("more", bob, 0);
    ByteBuffer turned = ByteBuffer.wrap(bound).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bob.cipher.namesThisLife(ByteBuffer.wrap(bound), 0)).isTrue();
    assertThat(bob.cipher.namesThisLife(turned, 0)).isTrue();
    assertThat(turned.position()).isZero();
    assertThat(ann.cipher.namesThisLife(ByteBuffer.wrap(bound), 0)).isFalse();
    assertThat(bob.cipher.namesThisLife(ByteBuffer.wrap(bound, 0, 40), 0)).isFalse();
    byte[] afterRestart = bob.seal("hello", ann, 0);
    assertThat(Party.on(3).cipher.namesThisLife(ByteBuffer.wrap(afterRestart), 0)).isFalse();
  }

  @Test
  void noKeyAndNonceComeTwiceOverRestartsAndSessions() {
    SplittableRandom random = new SplittableRandom(7);
    PacketLimits limits = new PacketLimits(100, 16, 16, 16, 16, 16);
    Set<String> used = new HashSet<>();
    int packets = 0;
    for (int life = 0; life < 10; life++) {
      Party party = Party.on(1, random, limits);
      for (int i = 0; i < 1_050; i++) {
        byte[] sealed = party.seal("x", bob, 0);
        ByteBuffer header = ByteBuffer.wrap(sealed);
        int counter = header.getInt(Layout.COUNTER_AT);
        assertThat(counter).isBetween(1, 100);
        // The subkey is a function of the key and the session.
        used.add(
            header.getInt(Layout.KEY_AT)
                + " "
                + header.getLong(Layout.SESSION_AT)
                + " "
                + header.getInt(Layout.SESSION_AT + 8)
                + " "
                + counter);
        packets++;
      }
      assertThat(party.cipher.stats().ownSessions()).isEqualTo(11);
    }
    assertThat(used).hasSize(packets);
  }

  @Test
  void nothingIsLostWhenASessionReachesItsLimit() {
    PacketLimits limits = new PacketLimits(10, 16, 4, 8, 4, 3);
    Party busy = Party.on(3, new SplittableRandom(3), limits);
    busy.tell("hi", bob, 0);
    for (int i = 0; i < 200; i++) {
      // What bob seals is on its way while busy changes its session; never twice, as that is slow.
      byte[] back = bob.seal("back " + i, busy, i * SECOND);
      assertThat(busy.tell("there " + i, bob, i * SECOND)).isEqualTo("there " + i);
      assertThat(said(busy.open(back, bob, i * SECOND))).isEqualTo("back " + i);
    }
    assertThat(busy.cipher.stats().ownSessions()).isGreaterThan(19);
  }

  @Test
  void statsCountWhatHappened() {
    byte[] first = ann.seal("hi", bob, 0);
    ann.finish(first, bob, 0);
    bob.open(first, ann, 0);
    bob.open(new byte[3], ann, 0);

    PacketStats stats = bob.cipher.stats();
    assertThat(stats.rejected(Rejection.REPLAY)).isEqualTo(1);
    assertThat(stats.rejected(Rejection.MALFORMED)).isEqualTo(1);
    assertThat(stats.rejected()).containsOnlyKeys(Rejection.values());
    assertThat(stats.sealed()).isEqualTo(1);
    assertThat(stats.senders()).isEqualTo(1);
    assertThat(stats.addresses()).isEqualTo(1);
    assertThat(stats.greeted()).isZero();
  }

  @Test
  void limitsMustMakeSense() {
    assertThatThrownBy(() -> new PacketLimits(0, 1, 1, 1, 1, 1))
        .hasMessageContaining("sessionPackets must be from 1 to 2^32 - 1, but was 0");
    assertThatThrownBy(() -> new PacketLimits(1L << 32, 1, 1, 1, 1, 1))
        .hasMessageContaining("sessionPackets");
    assertThatThrownBy(() -> new PacketLimits(1, 1, 0, 1, 1, 1))
        .hasMessage("greeted must be positive, but was 0");
    assertThat(SMALL.senders()).isEqualTo(16);
  }
}
