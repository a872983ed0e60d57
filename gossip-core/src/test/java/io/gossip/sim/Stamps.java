package io.gossip.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For whom each datagram of a world was sealed, and that no two were sealed alike (S11). */
final class Stamps {
  private final NonceLedger ledger = new NonceLedger();

  // Looked up, never walked through: hash order cannot show.
  private final Map<Stamp, InetSocketAddress> receivers = new HashMap<>();

  /** What tells a sealed datagram from all others. */
  record Stamp(int key, long sessionHead, int sessionTail, int counter) {
    static Stamp of(ByteBuffer datagram) {
      return new Stamp(
          datagram.getInt(NonceLedger.KEY_AT),
          datagram.getLong(NonceLedger.SESSION_AT),
          datagram.getInt(NonceLedger.SESSION_AT + Long.BYTES),
          datagram.getInt(NonceLedger.COUNTER_AT));
    }
  }

  /** A process has sealed a datagram. */
  void sealed(SimNode process, InetSocketAddress to, ByteBuffer datagram) {
    ledger.sealed(process, datagram);
    receivers.put(Stamp.of(datagram), to);
  }

  /** For whom it was sealed; {@code null} if nobody has sealed it. */
  @Nullable InetSocketAddress receiver(Stamp stamp) {
    return receivers.get(stamp);
  }

  int sessions() {
    return ledger.sessions();
  }
}
