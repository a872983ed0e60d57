package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameCipherTest {

  private static final Keyring RING = Keyring.of(Party.KEY);

  private final FrameCipher initiator = initiator(RING, 1);
  private final FrameCipher acceptor = acceptor(RING, 2);

  @Test
  void framesGoBothWaysAfterTheHandshake() {
    shakeHands();

    for (int i = 0; i < 100; i++) {
      assertThat(pass(initiator, acceptor, "there " + i)).isEqualTo("there " + i);
      assertThat(pass(acceptor, initiator, "back " + i)).isEqualTo("back " + i);
    }
    assertThat(pass(initiator, acceptor, "")).isEmpty();
    assertThat(pass(initiator, acceptor, "x".repeat(100_000))).hasSize(100_000);
    assertThat(initiator.isOpen()).isTrue();
    assertThat(acceptor.failure()).isNull();
  }

  @Test
  void acceptorTakesAnyKeyOfItsRingAndTheStreamStaysUnderIt() {
    FrameCipher asking = initiator(Keyring.of(Party.OTHER_KEY, Party.KEY), 1);
    FrameCipher asked = acceptor(Keyring.of(Party.KEY, Party.OTHER_KEY), 2);

    asking.handshake(answer(asked, asking.start()));

    assertThat(pass(asking, asked, "hi")).isEqualTo("hi");
    assertThat(asked.keyId()).isEqualTo(Party.OTHER_KEY.id());
  }

  @Test
  void unknownKeyIsNamedAsTheFailure() {
    FrameCipher stranger = initiator(Keyring.of(Party.OTHER_KEY), 1);

    assertThat(acceptor.handshake(stranger.start())).isNull();
    assertThat(acceptor.failure()).isEqualTo(StreamFailure.KEY);
    assertThat(acceptor.isOpen()).isFalse();
  }

  @Test
  void answerUnderAnotherKeyThanTheQuestionIsRefused() {
    FrameCipher asking = initiator(Keyring.of(Party.KEY, Party.OTHER_KEY), 1);
    byte[] opening = Party.copy(asking.start());
    byte[] answer = Party.copy(answer(acceptor, ByteBuffer.wrap(opening)));
    ByteBuffer.wrap(answer).putInt(4, Party.OTHER_KEY.id());

    assertThat(asking.handshake(ByteBuffer.wrap(answer))).isNull();
    assertThat(asking.failure()).isEqualTo(StreamFailure.KEY);
  }

  @Test
  void anotherClusterIsRefused() {
    FrameCipher other = FrameCipher.acceptor(RING, "payments", new SplittableRandom(2));

    assertThat(other.handshake(initiator.start())).isNull();
    assertThat(other.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void everyFlippedBitOfTheHandshakeIsFound() {
    byte[] opening = Party.copy(initiator.start());
    for (int bit = 0; bit < opening.length * 8; bit++) {
      assertThat(acceptor(RING, 2).handshake(flipped(opening, bit))).as("bit %d", bit).isNull();
    }
    for (int bit = 0; bit < FrameCipher.HANDSHAKE_BYTES * 8; bit++) {
      FrameCipher asking = initiator(RING, 1);
      byte[] answer = Party.copy(answer(acceptor(RING, 2), asking.start()));
      assertThat(asking.handshake(flipped(answer, bit))).as("bit %d", bit).isNull();
      assertThat(asking.isOpen()).isFalse();
    }
  }

  @Test
  void handshakeOfAnyOtherLengthIsMalformed() {
    byte[] opening = Party.copy(initiator.start());
    for (int length = 0; length <= 100; length++) {
      if (length != opening.length) {
        FrameCipher asked = acceptor(RING, 2);
        assertThat(asked.handshake(ByteBuffer.wrap(Arrays.copyOf(opening, length)))).isNull();
        assertThat(asked.failure()).isEqualTo(StreamFailure.MALFORMED);
      }
    }
  }

  @Test
  void replayedOpeningGetsAnAnswerAndNoFrameAfterItOpens() {
    byte[] opening = Party.copy(initiator.start());
    initiator.handshake(answer(acceptor, ByteBuffer.wrap(opening)));
    byte[] frame = Party.copy(requireNonNull(initiator.seal(bytes("delete everything"))));
    FrameCipher again = acceptor(RING, 3);

    assertThat(again.handshake(ByteBuffer.wrap(opening))).isNotNull();
    assertThat(again.open(ByteBuffer.wrap(frame))).isNull();
    assertThat(again.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void answerToAnotherOpeningIsRefused() {
    byte[] answer = Party.copy(answer(acceptor, initiator.start()));
    FrameCipher other = initiator(RING, 3);
    other.start();

    assertThat(other.handshake(ByteBuffer.wrap(answer))).isNull();
    assertThat(other.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void ownHandshakeSentBackIsRefused() {
    byte[] opening = Party.copy(initiator.start());

    assertThat(initiator.handshake(ByteBuffer.wrap(opening))).isNull();
    assertThat(initiator.failure()).isEqualTo(StreamFailure.ORDER);
  }

  @Test
  void repeatedFrameDoesNotOpen() {
    shakeHands();
    byte[] frame = Party.copy(requireNonNull(initiator.seal(bytes("once"))));

    assertThat(text(acceptor.open(ByteBuffer.wrap(frame)))).isEqualTo("once");
    assertThat(acceptor.open(ByteBuffer.wrap(frame))).isNull();
    assertThat(acceptor.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void frameThatComesBeforeItsTurnDoesNotOpen() {
    shakeHands();
    initiator.seal(bytes("left out"));

    assertThat(acceptor.open(requireNonNull(initiator.seal(bytes("second"))))).isNull();
    assertThat(acceptor.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void ownFrameSentBackDoesNotOpen() {
    shakeHands();
    byte[] frame = Party.copy(requireNonNull(initiator.seal(bytes("mine"))));

    assertThat(initiator.open(ByteBuffer.wrap(frame))).isNull();
    assertThat(initiator.failure()).isEqualTo(StreamFailure.TAG);
  }

  @Test
  void everyFlippedBitAndEveryTruncationOfAFrameIsFound() {
    int length = "frame".length() + FrameCipher.OVERHEAD;
    for (int bit = 0; bit < length * 8; bit++) {
      FrameCipher asking = initiator(RING, 1);
      FrameCipher asked = acceptor(RING, 2);
      asking.handshake(answer(asked, asking.start()));
      byte[] frame = Party.copy(requireNonNull(asking.seal(bytes("frame"))));
      assertThat(asked.open(flipped(frame, bit))).as("bit %d", bit).isNull();
    }
    for (int cut = 0; cut < length; cut++) {
      FrameCipher asking = initiator(RING, 1);
      FrameCipher asked = acceptor(RING, 2);
      asking.handshake(answer(asked, asking.start()));
      byte[] frame = Party.copy(requireNonNull(asking.seal(bytes("frame"))));
      assertThat(asked.open(ByteBuffer.wrap(frame, 0, cut))).as("length %d", cut).isNull();
      assertThat(asked.failure())
          .isEqualTo(cut < FrameCipher.OVERHEAD ? StreamFailure.MALFORMED : StreamFailure.TAG);
    }
  }

  @Test
  void deadStreamStaysDeadForItsFirstReason() {
    shakeHands();
    byte[] good = Party.copy(requireNonNull(initiator.seal(bytes("good"))));
    acceptor.open(ByteBuffer.allocate(3));

    assertThat(acceptor.open(ByteBuffer.wrap(good))).isNull();
    assertThat(acceptor.seal(bytes("x"))).isNull();
    assertThat(acceptor.handshake(ByteBuffer.allocate(40))).isNull();
    assertThat(acceptor.failure()).isEqualTo(StreamFailure.MALFORMED);
    assertThat(acceptor).hasToString("acceptor DEAD for MALFORMED under " + Party.KEY);
  }

  @Test
  void whatComesOutOfOrderEndsTheStream() {
    assertThat(acceptor.open(ByteBuffer.allocate(40))).isNull();
    assertThat(acceptor.failure()).isEqualTo(StreamFailure.ORDER);

    FrameCipher early = initiator(RING, 3);
    assertThat(early.handshake(ByteBuffer.allocate(40))).isNull();
    assertThat(early.failure()).isEqualTo(StreamFailure.ORDER);

    FrameCipher twice = acceptor(RING, 4);
    byte[] opening = Party.copy(initiator.start());
    twice.handshake(ByteBuffer.wrap(opening));
    assertThat(twice.handshake(ByteBuffer.wrap(opening))).isNull();
    assertThat(twice.failure()).isEqualTo(StreamFailure.ORDER);
  }

  @Test
  void ownMistakesAreLoudAndChangeNothing() {
    assertThatThrownBy(acceptor::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> acceptor.seal(bytes("x"))).isInstanceOf(IllegalStateException.class);
    byte[] opening = Party.copy(initiator.start());
    assertThatThrownBy(initiator::start).isInstanceOf(IllegalStateException.class);

    initiator.handshake(answer(acceptor, ByteBuffer.wrap(opening)));
    assertThat(pass(initiator, acceptor, "hi")).isEqualTo("hi");
  }

  @Test
  void streamEndsWhenItsNumbersAreUsedUp() {
    FrameCipher asking = new FrameCipher(RING, Party.CLUSTER, new SplittableRandom(1), true, 3);
    FrameCipher asked = new FrameCipher(RING, Party.CLUSTER, new SplittableRandom(2), false, 2);
    asking.handshake(answer(asked, asking.start()));
    pass(asking, asked, "1");
    pass(asking, asked, "2");

    ByteBuffer third = requireNonNull(asking.seal(bytes("3")));
    assertThat(asked.open(third)).isNull();
    assertThat(asked.failure()).isEqualTo(StreamFailure.EXHAUSTED);
    assertThat(asking.seal(bytes("4"))).isNull();
    assertThat(asking.failure()).isEqualTo(StreamFailure.EXHAUSTED);
  }

  @Test
  void closedStreamHasNoFailureAndSealsNothing() {
    shakeHands();

    initiator.close();

    assertThat(initiator.failure()).isNull();
    assertThat(initiator.seal(bytes("x"))).isNull();
    assertThat(initiator.open(ByteBuffer.allocate(40))).isNull();
  }

  @Test
  void noiseEndsAStreamAndNeverAnythingWorse() {
    SplittableRandom random = new SplittableRandom(13);
    byte[] opening = Party.copy(initiator.start());
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = new byte[random.nextInt(36, 44)];
      random.nextBytes(noise);
      System.arraycopy(opening, 0, noise, 0, random.nextInt(0, 37));
      FrameCipher asked = acceptor(RING, 2);
      assertThat(asked.handshake(ByteBuffer.wrap(noise))).isNull();
      assertThat(asked.failure()).isNotNull();
    }
  }

  private void shakeHands() {
    ByteBuffer nothing = initiator.handshake(answer(acceptor, initiator.start()));
    assertThat(requireNonNull(nothing).remaining()).isZero();
  }

  private static FrameCipher initiator(Keyring ring, int seed) {
    return FrameCipher.initiator(ring, Party.CLUSTER, new SplittableRandom(seed));
  }

  private static FrameCipher acceptor(Keyring ring, int seed) {
    return FrameCipher.acceptor(ring, Party.CLUSTER, new SplittableRandom(seed));
  }

  private static ByteBuffer answer(FrameCipher asked, ByteBuffer opening) {
    assertThat(FrameCipher.isHandshake(opening)).isTrue();
    return requireNonNull(asked.handshake(opening));
  }

  private static String pass(FrameCipher from, FrameCipher to, String text) {
    return text(to.open(requireNonNull(from.seal(bytes(text)))));
  }

  private static String text(@Nullable ByteBuffer bytes) {
    return UTF_8.decode(requireNonNull(bytes)).toString();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static ByteBuffer flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return ByteBuffer.wrap(flipped);
  }
}
