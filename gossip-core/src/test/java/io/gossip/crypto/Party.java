package io.gossip.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gossip.crypto.Opened.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A member that has a cipher, an address and the same clock as all others. */
final class Party {
  static final String CLUSTER = "orders";
  static final Key KEY = Key.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  static final Key OTHER_KEY = Key.random(new SplittableRandom(5));

  /** Small enough for a test to get to. */
  static final PacketLimits SMALL = new PacketLimits(1 << 20, 16, 4, 8, 4, 3);

  final SocketAddress address;
  final PacketCipher cipher;

  Party(int port, PacketCipher cipher) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.cipher = cipher;
  }

  static Party on(int port) {
    return on(port, new SplittableRandom(port), PacketLimits.DEFAULT);
  }

  static Party on(int port, RandomGenerator random, PacketLimits limits) {
    return new Party(port, new PacketCipher(Keyring.of(KEY), CLUSTER, random, limits));
  }

  static Party with(Keyring ring, int port) {
    SplittableRandom random = new SplittableRandom(port);
    return new Party(port, new PacketCipher(ring, CLUSTER, random, PacketLimits.DEFAULT));
  }

  /** The bytes of a message for that party, to do with as one likes. */
  byte[] seal(String text, Party to, long now) {
    return copy(cipher.seal(ByteBuffer.wrap(text.getBytes(UTF_8)), to.address, now));
  }

  Opened open(byte[] datagram, Party from, long now) {
    return cipher.open(ByteBuffer.wrap(datagram), from.address, now);
  }

  /**
   * What the other makes of a message, once all answers have gone to and fro; ends at what is
   * delivered or dropped.
   */
  String tell(String text, Party to, long now) {
    return finish(seal(text, to, now), to, now);
  }

  /** As {@link #tell}, with a packet that was sealed before. */
  String finish(byte[] datagram, Party to, long now) {
    Party from = this;
    Party other = to;
    Opened opened = other.open(datagram, from, now);
    while (opened.outcome() == Outcome.ANSWER || opened.outcome() == Outcome.RESEND) {
      byte[] next = copy(opened.bytes());
      Party turn = from;
      from = other;
      other = turn;
      opened = other.open(next, from, now);
    }
    return said(opened);
  }

  /** What was delivered, or what became of it instead. */
  static String said(Opened opened) {
    return switch (opened.outcome()) {
      case DELIVER -> UTF_8.decode(opened.bytes().duplicate()).toString();
      case REJECTED -> String.valueOf(opened.rejection());
      default -> opened.outcome().toString();
    };
  }

  static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  static byte kind(byte[] datagram) {
    return datagram[Layout.KIND_AT];
  }
}
