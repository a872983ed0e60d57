package io.gossip.netty;

import io.gossip.crypto.Key;
import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.Rejection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagrams of one node: sealed on their way out, and on their way in let through only if their
 * source is allowed and not too fast, and if they are genuine. For the event loop only.
 */
final class Datagrams {

  private static final Logger log = LoggerFactory.getLogger(Datagrams.class);

  private final Channel channel;
  private final NodeDriver driver;
  private final Protection protection;
  private final @Nullable PacketCipher cipher;
  private final ShellStats stats;
  private final SourceRates rates = new SourceRates(now());
  private final ChannelFutureListener sent = this::sent;

  Datagrams(
      Channel channel,
      NodeDriver driver,
      Protection protection,
      @Nullable PacketCipher cipher,
      ShellStats stats) {
    this.channel = channel;
    this.driver = driver;
    this.protection = protection;
    this.cipher = cipher;
    this.stats = stats;
  }

  /** Goes by other keys from now on. */
  void keyring(Keyring keyring) {
    if (cipher != null) {
      cipher.keyring(keyring, now());
    }
  }

  // Out

  void send(InetSocketAddress to, ByteBuffer packet) {
    write(to, cipher != null && protection.seals() ? cipher.seal(packet, to, now()) : packet);
  }

  void flush() {
    channel.flush();
  }

  private void write(InetSocketAddress to, ByteBuffer bytes) {
    if (!channel.isWritable()) {
      stats.add(ShellStats.Counter.SENDS_DROPPED);
      return;
    }
    ByteBuf copy = channel.alloc().ioBuffer(bytes.remaining()).writeBytes(bytes.duplicate());
    channel.write(new DatagramPacket(copy, to)).addListener(sent);
  }

  private void sent(ChannelFuture sending) {
    if (!sending.isSuccess()) {
      stats.add(ShellStats.Counter.SENDS_FAILED);
      log.debug("A datagram was not sent", sending.cause());
    }
  }

  // In: cheap refusals first, and no answer to anybody who has not shown a key

  void receive(InetSocketAddress from, ByteBuffer bytes) {
    if (!Addresses.isSource(from)) {
      stats.add(ShellStats.Counter.DATAGRAMS_REJECTED);
      return;
    }
    long now = now(); // once: in a flood it is a good part of what a refusal costs
    InetAddress source = from.getAddress();
    if (!protection.allows(source)) {
      refuse(source, Refusals.Reason.ADDRESS, now);
    } else if (PacketCipher.isSealed(bytes)) {
      receiveSealed(from, bytes, now);
    } else if (protection.refusesPlain()) {
      refuse(source, Refusals.Reason.PLAIN, now);
    } else if (rates.takePlain(from, now)) {
      rates.genuine(from, now); // as far as can be known
      driver.datagram(from, bytes);
    } else {
      refuse(source, Refusals.Reason.RATE, now);
    }
  }

  private void receiveSealed(InetSocketAddress from, ByteBuffer bytes, long now) {
    if (cipher == null) {
      refuse(from.getAddress(), Refusals.Reason.NO_KEYS, now);
      return;
    }
    boolean acquainted = cipher.namesThisLife(bytes, now);
    if (rates.take(from, acquainted, now)) {
      open(cipher, from, bytes, acquainted, now);
    } else {
      refuse(from.getAddress(), Refusals.Reason.RATE, now);
    }
  }

  private void open(
      PacketCipher cipher, InetSocketAddress from, ByteBuffer bytes, boolean acquainted, long now) {
    Opened opened = cipher.open(bytes, from, now);
    Rejection rejection = opened.rejection();
    if (rejection == Rejection.OWN) {
      return; // its own address is among the seeds
    }
    if (rejection != null) {
      protection.refusals().add(from.getAddress(), reason(rejection), detail(opened), now);
      return;
    }
    if (acquainted) { // others may repeat what they have recorded, from any address
      rates.genuine(from, now);
    }
    if (opened.outcome() == Opened.Outcome.DELIVER) {
      driver.datagram(from, opened.bytes());
      return;
    }
    stats.add(ShellStats.Counter.DATAGRAMS_GREETING);
    if (opened.outcome() != Opened.Outcome.NOTHING) {
      write(from, opened.bytes());
    }
  }

  private void refuse(InetAddress source, Refusals.Reason reason, long now) {
    protection.refusals().add(source, reason, "", now);
  }

  private static String detail(Opened opened) {
    return opened.keyId() == 0 ? "" : "key " + Key.idText(opened.keyId());
  }

  private static Refusals.Reason reason(Rejection rejection) {
    return switch (rejection) {
      case MALFORMED -> Refusals.Reason.MALFORMED;
      case KEY -> Refusals.Reason.UNKNOWN_KEY;
      case TAG -> Refusals.Reason.FORGED;
      case OWN, REPLAY, STALE -> Refusals.Reason.REPLAYED;
    };
  }

  private static long now() {
    return System.nanoTime();
  }
}
