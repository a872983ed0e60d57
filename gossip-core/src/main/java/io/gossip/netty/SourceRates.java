package io.gossip.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many datagrams one source may send, so that no flood reaches the keys. A stranger is an
 * address, whatever its ports; who has shown that it holds a key is one for itself, and may send
 * more. As addresses can be forged, all that are not known have a bound together as well: one for
 * datagrams that show nothing, and another, which those cannot use up, for datagrams that name what
 * only acquaintances know, and who listens on the way. For the event loop only.
 *
 * <p>Bounded: of the sources beyond the bound, the one heard longest ago is forgotten.
 */
final class SourceRates {

  static final int STRANGER_PER_SECOND = 50;
  static final int MEMBER_PER_SECOND = 2_000;
  static final int MAX_SOURCES = 16_384;

  /**
   * Of all strangers together. Each costs a key and a cipher, some 5 µs where the code is compiled
   * and ten times that where it is not: what that comes to must not fill a core. A member that
   * starts meets each of the others once.
   */
  static final int STRANGERS_PER_SECOND = 1_000;

  /** All nodes of one machine share its loopback address, and nobody else can have it. */
  static final int LOOPBACK_PER_SECOND = 200_000;

  // The one heard longest ago comes first.
  private final Map<InetAddress, Bucket> strangers = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<InetSocketAddress, Bucket> members = new LinkedHashMap<>(16, 0.75f, true);

  /** Of all that show nothing, and of all that show something at an address that is not known. */
  private final Bucket allStrangers;

  private final Bucket allAcquainted;

  SourceRates(long now) {
    allStrangers = new Bucket(STRANGERS_PER_SECOND, now);
    allAcquainted = new Bucket(STRANGERS_PER_SECOND, now);
  }

  /**
   * Whether one more sealed datagram may be looked at.
   *
   * @param acquainted whether the datagram shows that its sender has heard from this node; a known
   *     address is worth nothing without
   */
  boolean take(InetSocketAddress source, boolean acquainted, long now) {
    Bucket known = acquainted ? members.get(source) : null;
    if (known != null) {
      return known.take(now);
    }
    Bucket all = acquainted ? allAcquainted : allStrangers;
    // Asked first, as in a flood from forged addresses it is what says no.
    return all.has(now) && stranger(source.getAddress(), now).take(now) && all.take(now);
  }

  /** Whether one more datagram that is not sealed may be looked at. */
  boolean takePlain(InetSocketAddress source, long now) {
    Bucket known = members.get(source);
    return known != null ? known.take(now) : stranger(source.getAddress(), now).take(now);
  }

  private Bucket stranger(InetAddress address, long now) {
    Bucket bucket = strangers.get(address);
    if (bucket == null) {
      int rate = address.isLoopbackAddress() ? LOOPBACK_PER_SECOND : STRANGER_PER_SECOND;
      bucket = new Bucket(rate, now);
      add(strangers, address, bucket);
    }
    return bucket;
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
