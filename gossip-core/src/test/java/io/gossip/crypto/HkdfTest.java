package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The SHA-256 vectors of RFC 5869, appendix A, and what the derivation must tell apart. */
class HkdfTest {

  @Test
  void firstVectorOfTheRfcComesOut() {
    byte[] secret = filled(22, 0x0b);
    byte[] salt = range(0x00, 13);

    assertThat(hex(Hkdf.extract(salt, secret)))
        .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    assertThat(hex(Hkdf.of(salt, secret).expand(range(0xf0, 10), 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void longVectorOfTheRfcComesOut() {
    byte[] secret = range(0x00, 80);
    byte[] salt = range(0x60, 80);

    assertThat(hex(Hkdf.extract(salt, secret)))
        .isEqualTo("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244");
    assertThat(hex(Hkdf.of(salt, secret).expand(range(0xb0, 80), 82)))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void vectorOfTheRfcWithoutSaltAndInfoComesOut() {
    byte[] secret = filled(22, 0x0b);
    byte[] none = new byte[0];

    assertThat(hex(Hkdf.extract(none, secret)))
        .isEqualTo("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    assertThat(hex(Hkdf.of(none, secret).expand(none, 42)))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void expandsAsOftenAsAskedToTheSame() {
    Hkdf hkdf = Hkdf.of(new byte[0], filled(32, 1));
    byte[] info = "info".getBytes(US_ASCII);
    byte[] first = hkdf.expand(info, 32);

    hkdf.expand("other".getBytes(US_ASCII), 100);

    assertThat(hkdf.expand(info, 32)).isEqualTo(first);
  }

  @Test
  void clusterSessionAndKeyEachChangeTheSubkey() {
    Key key = Key.of(filled(32, 1));
    byte[] subkey = new Session(1, 1).subkey(Hkdf.of(key, "a")).getEncoded();

    assertThat(new Session(1, 1).subkey(Hkdf.of(key, "b")).getEncoded()).isNotEqualTo(subkey);
    assertThat(new Session(1, 2).subkey(Hkdf.of(key, "a")).getEncoded()).isNotEqualTo(subkey);
    assertThat(new Session(2, 1).subkey(Hkdf.of(key, "a")).getEncoded()).isNotEqualTo(subkey);
    assertThat(new Session(1, 1).subkey(Hkdf.of(Key.of(filled(32, 2)), "a")).getEncoded())
        .isNotEqualTo(subkey);
    assertThat(new Session(1, 1).subkey(Hkdf.of(key, "a")).getEncoded()).isEqualTo(subkey);
  }

  @Test
  void moreThanTheRfcAllowsIsRefused() {
    Hkdf hkdf = Hkdf.of(new byte[0], filled(32, 1));

    assertThat(hkdf.expand(new byte[0], 8_160)).hasSize(8_160);
    assertThatThrownBy(() -> hkdf.expand(new byte[0], 8_161)).hasMessageContaining("8160");
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] range(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
