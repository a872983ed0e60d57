package io.gossip.sim;

import io.gossip.crypto.Keyring;
import io.gossip.crypto.Opened;
import io.gossip.crypto.PacketCipher;
import io.gossip.crypto.PacketLimits;
import io.gossip.crypto.PacketStats;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What seals the datagrams of one process, and opens those that come, with a real cipher in the
 * time of the simulation. Whatever it lets through must be genuine (S10): sealed by some process
 * for this one, under a key that it holds now, and never let through before.
 */
final class Seal {
  private final Surroundings world;
  private final SimNode node;
  private final PacketCipher cipher;
  private final Set<Stamps.Stamp> delivered = new HashSet<>(); // looked up only

  Seal(Surroundings world, SimNode node, Keyring ring) {
    this.world = world;
    this.node = node;
    cipher =
        new PacketCipher(ring, node.spec().config().cluster(), world.split(), PacketLimits.DEFAULT);
  }

  void keyring(Keyring ring) {
    cipher.keyring(ring, world.now());
  }

  PacketStats stats() {
    return cipher.stats();
  }

  /** The datagram to send for a packet. */
  ByteBuffer seal(InetSocketAddress to, ByteBuffer packet) {
    return stamped(to, cipher.seal(packet, to, world.now()));
  }

  /**
   * The packet in a datagram, if there is one for this process; what the cipher wants answered is
   * sent.
   */
  @Nullable ByteBuffer open(InetSocketAddress from, ByteBuffer datagram) {
    Opened opened = cipher.open(datagram.duplicate(), from, world.now());
    switch (opened.outcome()) {
      case DELIVER -> {
        requireGenuine(datagram);
        return copy(opened.bytes());
      }
      case ANSWER, RESEND -> {
        if (opened.outcome() == Opened.Outcome.ANSWER
            && opened.bytes().remaining() > datagram.remaining()) {
          throw new Violation("B5: " + node + " answers with more than it was asked with");
        }
        node.outlet().sendSealed(from, stamped(from, opened.bytes()));
        return null;
      }
      default -> {
        return null;
      }
    }
  }

  private ByteBuffer stamped(InetSocketAddress to, ByteBuffer sealed) {
    ByteBuffer datagram = copy(sealed);
    world.stamps().sealed(node, to, datagram);
    return datagram;
  }

  private void requireGenuine(ByteBuffer datagram) {
    Stamps.Stamp stamp = Stamps.Stamp.of(datagram);
    if (!node.address().equals(world.stamps().receiver(stamp))) {
      throw new Violation("S10: " + node + " takes what nobody has sealed for it: " + stamp);
    }
    if (cipher.keyring().find(stamp.key()) == null) {
      throw new Violation("S10: " + node + " takes what is under a key it does not hold");
    }
    if (!delivered.add(stamp)) {
      throw new Violation("S10: " + node + " takes the same datagram twice: " + stamp);
    }
  }

  private static ByteBuffer copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }
}
