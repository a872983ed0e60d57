package io.gossip.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many datagrams one source may send, so that no flood reaches the keys: so many a second, and
 * twice that at once. A stranger is an address, whatever its ports; who has shown that it holds a
 * key is one for itself, and may send more. As addresses can be forged, strangers together have a
 * bound as well; who names what only acquaintances know is none. For the event loop only.
 *
 * <p>Bounded: of the sources beyond the bound, the one heard longest ago is forgotten.
 */
final class SourceRates {

  static final int STRANGER_PER_SECOND = 50;
  static final int MEMBER_PER_SECOND = 2_000;
  static final int MAX_SOURCES = 16_384;

  /** Of all strangers together: what takes a core a twentieth of its time to find forged. */
  static final int STRANGERS_PER_SECOND = 5_000;

  /** All nodes of one machine share its loopback address, and nobody else can have it. */
  static final int LOOPBACK_PER_SECOND = 200_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private static final class Bucket {
    final double perSecond;
    double tokens;
    long filledAt;

    Bucket(double perSecond, long now) {
      this.perSecond = perSecond;
      this.tokens = 2 * perSecond;
      this.filledAt = now;
    }

    boolean take(long now) {
      double back = (now - filledAt) / NANOS_PER_SECOND * perSecond;
      tokens = Math.min(2 * perSecond, tokens + back);
      filledAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  // The one heard longest ago comes first.
  private final Map<InetAddress, Bucket> strangers = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<InetSocketAddress, Bucket> members = new LinkedHashMap<>(16, 0.75f, true);

  private @Nullable Bucket allStrangers;

  /**
   * Whether one more may be looked at.
   *
   * @param acquainted whether the datagram shows that its sender has heard from this node, or need
   *     not show it; a known address is worth nothing without
   */
  boolean take(InetSocketAddress source, boolean acquainted, long now) {
    Bucket bucket = acquainted ? members.get(source) : null;
    if (bucket == null) {
      InetAddress address = source.getAddress();
      bucket = strangers.get(address);
      if (bucket == null) {
        int rate = address.isLoopbackAddress() ? LOOPBACK_PER_SECOND : STRANGER_PER_SECOND;
        bucket = new Bucket(rate, now);
        add(strangers, address, bucket);
      }
    }
    return bucket.take(now) && (acquainted || takeOfAll(now));
  }

  private boolean takeOfAll(long now) {
    if (allStrangers == null) {
      allStrangers = new Bucket(STRANGERS_PER_SECOND, now);
    }
    return allStrangers.take(now);
  }

  /** The source holds a key. */
  void genuine(InetSocketAddress source, long now) {
    if (!members.containsKey(source)) {
      add(members, source, new Bucket(MEMBER_PER_SECOND, now));
    }
  }

  private static <K> void add(Map<K, Bucket> buckets, K source, Bucket bucket) {
    if (buckets.size() >= MAX_SOURCES) {
      Iterator<K> oldest = buckets.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    buckets.put(source, bucket);
  }
}
