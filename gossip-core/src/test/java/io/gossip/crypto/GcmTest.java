package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Known answers of AES-256-GCM (McGrew and Viega, test cases 13 and 14), and what we add. */
class GcmTest {

  private final Gcm gcm = new Gcm();
  private final Subkey zeros = new Subkey(new byte[32]);

  @Test
  void nothingIsSealedAsKnown() {
    byte[] box = new byte[16];

    gcm.seal(zeros, 0, box, 0, 0);

    assertThat(HexFormat.of().formatHex(box)).isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
    assertThat(gcm.open(zeros, 0, box, 0, 16, new byte[0])).isZero();
  }

  @Test
  void blockIsSealedAsKnown() {
    byte[] box = new byte[32];
    byte[] plain = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    gcm.seal(zeros, 0, box, 0, 16);

    assertThat(HexFormat.of().formatHex(box))
        .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    assertThat(gcm.open(zeros, 0, box, 0, 32, plain)).isEqualTo(16);
    assertThat(plain).containsOnly(0);
  }

  @Test
  void sameNumberUnderTheSameKeyIsRefused() {
    gcm.seal(zeros, 1, new byte[16], 0, 0);

    assertThatThrownBy(() -> gcm.seal(zeros, 1, new byte[16], 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("counter 1");
  }

  @Test
  void opensAgainAfterAForgery() {
    byte[] box = new byte[20];
    gcm.seal(zeros, 1, box, 4, 0);

    assertThat(gcm.open(zeros, 2, box, 4, 16, new byte[0])).isEqualTo(-1);
    assertThat(gcm.open(zeros, 1, box, 4, 16, new byte[0])).isZero();
  }

  @Test
  void wipedSubkeyIsAllZeros() {
    Subkey subkey = new Subkey(new byte[] {1, 2, 3});

    subkey.wipe();

    assertThat(subkey.getEncoded()).containsExactly(0, 0, 0);
  }
}
