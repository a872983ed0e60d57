package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.crypto.Opened.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A thousand sealed datagrams of all sizes, damaged on their way. */
class DamagedDatagramsTest {

  private static final int DATAGRAMS = 1_000;
  private static final int LONGEST_TEXT = 100;

  private final Party ann = Party.on(1);
  private final Party bob = Party.on(2);
  private final SplittableRandom random = new SplittableRandom(21);

  @Test
  void datagramWithABitFlippedInAnyByteIsNotOpened() {
    ann.tell("hi", bob, 0);
    for (int i = 0; i < DATAGRAMS; i++) {
      String text = "a".repeat(random.nextInt(LONGEST_TEXT));
      byte[] datagram = ann.seal(text, bob, 0);
      for (int at = 0; at < datagram.length; at++) {
        byte bit = (byte) (1 << random.nextInt(8));
        datagram[at] ^= bit;
        assertThatItIsNotOpened(datagram);
        datagram[at] ^= bit;
      }
      assertThat(Party.said(bob.open(datagram, ann, 0))).isEqualTo(text);
    }
  }

  @Test
  void datagramCutAtAnyLengthIsNotOpened() {
    ann.tell("hi", bob, 0);
    for (int i = 0; i < DATAGRAMS; i++) {
      String text = "a".repeat(random.nextInt(LONGEST_TEXT));
      byte[] datagram = ann.seal(text, bob, 0);
      for (int length = 0; length < datagram.length; length++) {
        assertThatItIsNotOpened(Arrays.copyOf(datagram, length));
      }
      assertThat(Party.said(bob.open(datagram, ann, 0))).isEqualTo(text);
    }
  }

  private void assertThatItIsNotOpened(byte[] datagram) {
    if (bob.open(datagram, ann, 0).outcome() != Outcome.REJECTED) {
      throw new AssertionError("opened, though damaged");
    }
  }
}
