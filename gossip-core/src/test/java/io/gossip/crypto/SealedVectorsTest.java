package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The vectors of docs/PROTOCOL.md, which another implementation computed: the key is the bytes 00
 * to 1f, the cluster "orders", and sessions count up from a0, b0, c0 and d0.
 */
class SealedVectorsTest {

  private static final String KEY_ID = "9b3af21f";

  @Test
  void datagramsAreSealedAsDocumented() {
    Party asking = Party.on(1, new FixedRandom(0xa0), PacketLimits.DEFAULT);
    Party asked = Party.on(2, new FixedRandom(0xb0), PacketLimits.DEFAULT);

    byte[] first = asking.seal("ping", asked, 0);
    byte[] hello = Party.copy(asked.open(first, asking, 0).bytes());
    byte[] bound = Party.copy(asking.open(hello, asked, 0).bytes());

    assertThat(hex(first))
        .isEqualTo(
            "47580101"
                + KEY_ID
                + "a0a1a2a3a4a5a6a7a8a9aaab"
                + "0000000000000000"
                + "00000001"
                + "1be8ab96"
                + "00ec21fdd6f625285d6cac57e149e284");
    assertThat(hex(hello))
        .isEqualTo(
            "47580103"
                + KEY_ID
                + "b0b1b2b3b4b5b6b7b8b9babb"
                + "a0a1a2a3a4a5a6a7"
                + "00000001"
                + "bfd9703b30fd0d8abe5c943ac58f5e46");
    assertThat(hex(bound))
        .isEqualTo(
            "47580102"
                + KEY_ID
                + "a0a1a2a3a4a5a6a7a8a9aaab"
                + "b0b1b2b3b4b5b6b7"
                + "00000002"
                + "18430f43"
                + "b189327bb868a4a60aa717c66affcd6f");
    assertThat(Party.said(asked.open(bound, asking, 0))).isEqualTo("ping");
  }

  @Test
  void streamsAreSealedAsDocumented() {
    Keyring ring = Keyring.of(Party.KEY);
    FrameCipher initiator = FrameCipher.initiator(ring, Party.CLUSTER, new FixedRandom(0xc0));
    FrameCipher acceptor = FrameCipher.acceptor(ring, Party.CLUSTER, new FixedRandom(0xd0));

    ByteBuffer opening = initiator.start();
    ByteBuffer acceptance = requireNonNull(acceptor.handshake(opening));
    initiator.handshake(acceptance);

    assertThat(hex(Party.copy(opening)))
        .isEqualTo(
            "47590101"
                + KEY_ID
                + "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
                + "3c3d54d2724602577b0f764e06bd62ba");
    assertThat(hex(Party.copy(acceptance)))
        .isEqualTo(
            "47590102"
                + KEY_ID
                + "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                + "f3d1fb665c69fa468afa0837ec8cb332");
    assertThat(sealed(initiator, "ping")).isEqualTo("0a6a87dbd1a54a782a58a5f708d3fd6c96f5b052");
    assertThat(sealed(acceptor, "pong")).isEqualTo("dfe3c1754f685795b00f0712fe5e09a06962b110");
  }

  private static String sealed(FrameCipher cipher, String text) {
    return hex(Party.copy(requireNonNull(cipher.seal(ByteBuffer.wrap(text.getBytes(UTF_8))))));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
