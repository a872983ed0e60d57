package io.gossip.fuzz;

import io.gossip.crypto.FrameCipher;
import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes through {@link PacketCipher#open} and {@link FrameCipher}: nothing opens that was not
 * sealed with the key, and nothing is thrown.
 *
 * <p>An input is a byte that says which door, one that says how many bytes of something genuine go
 * before the rest, and the rest.
 */
public final class CipherFuzz {

  private static final Keyring RING = Keyring.of(Key.random(new SplittableRandom(1)));
  private static final InetSocketAddress ANN =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final InetSocketAddress BOB =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

  private static final PacketCipher BOBS = cipher(2);
  private static final byte[] GENUINE = genuine();

  private CipherFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    switch (choices.below(4)) {
      case 0 -> datagram(forged(GENUINE, choices));
      case 1 -> acceptor(choices);
      case 2 -> initiator(choices);
      default -> frames(choices);
    }
  }

  private static void datagram(byte[] datagram) {
    if (Arrays.equals(datagram, GENUINE)) {
      return;
    }
    long opened = BOBS.stats().delivered() + BOBS.stats().hellosSent();
    Opened outcome = BOBS.open(ByteBuffer.wrap(datagram), ANN, 0);
    Harm.unless(
        outcome.outcome() == Opened.Outcome.REJECTED
            && BOBS.stats().delivered() + BOBS.stats().hellosSent() == opened
            && BOBS.stats().senders() == 1
            && BOBS.stats().greeted() == 1,
        "opened: " + outcome);
  }

  private static void acceptor(Choices choices) {
    FrameCipher initiator = FrameCipher.initiator(RING, Packets.CLUSTER, new SplittableRandom(3));
    FrameCipher acceptor = FrameCipher.acceptor(RING, Packets.CLUSTER, new SplittableRandom(4));
    byte[] genuine = Packets.bytes(initiator.start());
    byte[] forged = forged(genuine, choices);
    boolean accepted = acceptor.handshake(ByteBuffer.wrap(forged)) != null;
    Harm.unless(accepted == Arrays.equals(forged, genuine), "a forged handshake was accepted");
  }

  private static void initiator(Choices choices) {
    FrameCipher initiator = FrameCipher.initiator(RING, Packets.CLUSTER, new SplittableRandom(3));
    FrameCipher acceptor = FrameCipher.acceptor(RING, Packets.CLUSTER, new SplittableRandom(4));
    byte[] genuine = Packets.bytes(answered(acceptor.handshake(initiator.start())));
    byte[] forged = forged(genuine, choices);
    boolean accepted = initiator.handshake(ByteBuffer.wrap(forged)) != null;
    Harm.unless(accepted == Arrays.equals(forged, genuine), "a forged answer was accepted");
  }

  private static void frames(Choices choices) {
    FrameCipher initiator = FrameCipher.initiator(RING, Packets.CLUSTER, new SplittableRandom(3));
    FrameCipher acceptor = FrameCipher.acceptor(RING, Packets.CLUSTER, new SplittableRandom(4));
    ByteBuffer answer = answered(acceptor.handshake(initiator.start()));
    answered(initiator.handshake(answer));
    byte[] genuine = Packets.bytes(answered(initiator.seal(ByteBuffer.wrap(new byte[20]))));
    byte[] forged = forged(genuine, choices);
    boolean opened = acceptor.open(ByteBuffer.wrap(forged)) != null;
    Harm.unless(opened == Arrays.equals(forged, genuine), "a forged frame was opened");
    Harm.unless(opened || acceptor.open(ByteBuffer.wrap(genuine)) == null, "a dead stream lives");
  }

  /** Some of the genuine bytes, and those of the input after these. */
  private static byte[] forged(byte[] genuine, Choices choices) {
    int kept = Math.min(choices.next(), genuine.length);
    byte[] rest = choices.rest();
    byte[] forged = Arrays.copyOf(genuine, kept + rest.length);
    System.arraycopy(rest, 0, forged, kept, rest.length);
    return forged;
  }

  private static PacketCipher cipher(int seed) {
    return new PacketCipher(
        RING, Packets.CLUSTER, new SplittableRandom(seed), PacketLimits.DEFAULT);
  }

  /** A datagram that Bob would deliver, had it not come already; Ann is known to him. */
  private static byte[] genuine() {
    PacketCipher ann = cipher(1);
    byte[] first = Packets.bytes(ann.seal(ByteBuffer.wrap(new byte[40]), BOB, 0));
    byte[] hello = Packets.bytes(BOBS.open(ByteBuffer.wrap(first), ANN, 0).bytes());
    byte[] bound = Packets.bytes(ann.open(ByteBuffer.wrap(hello), BOB, 0).bytes());
    BOBS.open(ByteBuffer.wrap(bound), ANN, 0);
    BOBS.open(
        ByteBuffer.wrap(Packets.bytes(cipher(5).seal(ByteBuffer.wrap(new byte[40]), BOB, 0))),
        ANN,
        0);
    return Packets.bytes(ann.seal(ByteBuffer.wrap(new byte[40]), BOB, 0));
  }

  private static ByteBuffer answered(@Nullable ByteBuffer answer) {
    if (answer == null) {
      throw new Harm("the two ends do not understand each other");
    }
    return answer;
  }
}
