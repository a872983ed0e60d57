package io.gossip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {

  static Stream<Ed25519> engines() {
    return Stream.of(new Ed25519.Jdk(), new Ed25519.BouncyCastle());
  }

  /** RFC 8032, section 7.1. */
  private static final class Vector {
    static final Vector EMPTY =
        new Vector(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b");
    static final Vector TWO_BYTES =
        new Vector(
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a");

    final SigningKey key;
    final byte[] publicKey;
    final byte[] message;
    final byte[] signature;

    Vector(String seed, String publicKey, String message, String signature) {
      this.publicKey = HexFormat.of().parseHex(publicKey);
      this.message = HexFormat.of().parseHex(message);
      this.signature = HexFormat.of().parseHex(signature);
      this.key = SigningKey.of(secret(seed), publicKey(publicKey));
    }
  }

  private static PrivateKey secret(String seed) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new PKCS8EncodedKeySpec(
                  HexFormat.of().parseHex("302e020100300506032b657004220420" + seed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey publicKey(String bytes) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(
              new X509EncodedKeySpec(HexFormat.of().parseHex("302a300506032b6570032100" + bytes)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void signsAndVerifiesAsTheStandardSays(Ed25519 engine) {
    for (Vector vector : List.of(Vector.EMPTY, Vector.TWO_BYTES)) {
      Signatory signatory = new Signatory(vector.key, engine);
      assertThat(vector.key.publicKey()).isEqualTo(vector.publicKey);
      assertThat(signatory.sign(vector.message)).isEqualTo(vector.signature);
      assertThat(signatory.verify(vector.publicKey, vector.message, vector.signature)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anyBitThatIsDifferentSpoilsASignature(Ed25519 engine) {
    SigningKey key = SigningKey.generate();
    Signatory signatory = new Signatory(key, engine);
    byte[] message = {1, 2, 3};
    byte[] signature = signatory.sign(message);
    for (int bit = 0; bit < 8 * signature.length; bit += 7) {
      assertThat(signatory.verify(key.publicKey(), message, flipped(signature, bit))).isFalse();
    }
    assertThat(signatory.verify(key.publicKey(), flipped(message, 3), signature)).isFalse();
    assertThat(signatory.verify(SigningKey.generate().publicKey(), message, signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void bytesThatAreNoKeyOrNoSignatureVerifyNothingAndThrowNothing(Ed25519 engine) {
    Signatory signatory = new Signatory(SigningKey.generate(), engine);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      byte[] key = new byte[32];
      byte[] signature = new byte[64];
      random.nextBytes(key);
      random.nextBytes(signature);
      assertThat(signatory.verify(key, new byte[i], signature)).isFalse();
    }
    byte[] all = new byte[32];
    Arrays.fill(all, (byte) 0xFF);
    assertThat(signatory.verify(all, new byte[0], new byte[64])).isFalse();
    assertThat(
            signatory.verify(
                new byte[32], new byte[0], BigInteger.ONE.shiftLeft(511).toByteArray()))
        .isFalse();
  }

  @Test
  void keyOfAnotherKindIsRefused() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(pair.getPrivate(), pair.getPublic()))
        .withMessageContaining("Ed25519, but was of EC");
  }

  @Test
  void halvesThatDoNotBelongTogetherAreRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    var one = generator.generateKeyPair();
    var other = generator.generateKeyPair();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(one.getPrivate(), other.getPublic()))
        .withMessageContaining("do not belong together");
  }

  @Test
  void secretIsInNoText() {
    assertThat(SigningKey.generate()).hasToString("Ed25519 key");
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << bit % 8);
    return other;
  }
}
