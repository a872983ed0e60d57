package io.gossip.crypto;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which session is behind an address, and what may have to be sent there again. */
final class Addresses {

  /** A session, and when something genuine came from it last. */
  private static final class Peer {
    final Session session;
    final int keyId;
    long heardAt;

    Peer(Session session, int keyId) {
      this.session = session;
      this.keyId = keyId;
    }
  }

  /** A packet that was sent, as it was before it was sealed. */
  private static final class Kept {
    byte[] bytes = new byte[0];
    int length;
    long receiver;
    long sentAt;
  }

  private final Recent<SocketAddress, Peer> peers;
  private final Recent<SocketAddress, Kept> kept;
  private long peersEvicted;
  private long keptEvicted;

  Addresses(PacketLimits limits) {
    this.peers = new Recent<>(limits.addresses());
    this.kept = new Recent<>(limits.kept());
  }

  /**
   * Whom a packet to that address is for: the head of a session, or 0 if it is not known.
   *
   * <p>The packet is kept if it may turn out to be for nobody: when there is no session, or when
   * that session has been silent for so long that its owner may have changed it and forgotten it.
   */
  long receiver(SocketAddress to, ByteBuffer plain, long now) {
    Peer peer = peers.use(to);
    long receiver = peer == null ? 0 : peer.session.head();
    if (peer == null || now - peer.heardAt >= PacketCipher.GRACE_NANOS / 2) {
      keep(to, receiver, plain, now);
    }
    return receiver;
  }

  /** That session sealed for this life what came from that address. */
  void learn(SocketAddress from, Sender sender, long now) {
    Peer peer = peers.use(from);
    if (peer == null || !peer.session.equals(sender.session)) {
      peer = new Peer(sender.session, sender.keyId);
      if (peers.put(from, peer) != null) {
        peersEvicted++;
      }
    }
    peer.heardAt = now;
  }

  /**
   * The packet to send again now that the address has said which session it is, or {@code null}. If
   * it went to that very session, there is none: it has been read there.
   */
  @Nullable ByteBuffer takeKept(SocketAddress to, Session session, long now) {
    Kept packet = kept.remove(to);
    if (packet == null
        || now - packet.sentAt > PacketCipher.KEPT_NANOS
        || packet.receiver == session.head()) {
      return null;
    }
    return ByteBuffer.wrap(packet.bytes, 0, packet.length);
  }

  /** Forgets the sessions under those keys. */
  void forget(IntPredicate keyId) {
    peers.removeIf(peer -> keyId.test(peer.keyId));
  }

  int count() {
    return peers.size();
  }

  long evicted() {
    return peersEvicted;
  }

  long keptEvicted() {
    return keptEvicted;
  }

  private void keep(SocketAddress to, long receiver, ByteBuffer plain, long now) {
    Kept packet = kept.use(to);
    if (packet == null) {
      packet = new Kept();
      Kept evicted = kept.put(to, packet);
      if (evicted != null && now - evicted.sentAt <= PacketCipher.KEPT_NANOS) {
        keptEvicted++;
      }
    }
    int length = plain.remaining();
    if (packet.bytes.length < length) {
      packet.bytes = new byte[length];
    }
    plain.get(plain.position(), packet.bytes, 0, length);
    packet.length = length;
    packet.receiver = receiver;
    packet.sentAt = now;
  }
}
