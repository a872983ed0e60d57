package io.gossip.netty;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * How many datagrams one source may send, so that no flood from one place reaches the keys: so many
 * a second, and twice that at once. Who has shown that it holds a key may send more. For the event
 * loop only.
 *
 * <p>Bounded: of the sources beyond the bound, the one heard longest ago is forgotten, and is a
 * stranger again.
 */
final class SourceRates {

  static final int STRANGER_PER_SECOND = 50;
  static final int MEMBER_PER_SECOND = 2_000;
  static final int MAX_SOURCES = 16_384;

  private static final double NANOS_PER_SECOND = 1e9;

  private static final class Bucket {
    boolean member;
    double tokens;
    long filledAt;
  }

  private final LinkedHashMap<InetAddress, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true); // the one heard longest ago comes first

  /** Whether one more may be looked at. */
  boolean take(InetAddress source, long now) {
    Bucket bucket = buckets.get(source);
    if (bucket == null) {
      bucket = add(source, now);
    }
    double perSecond = perSecond(source, bucket);
    double back = (now - bucket.filledAt) / NANOS_PER_SECOND * perSecond;
    bucket.tokens = Math.min(2 * perSecond, bucket.tokens + back);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  /** The source holds a key. */
  void genuine(InetAddress source) {
    Bucket bucket = buckets.get(source);
    if (bucket != null) {
      bucket.member = true;
    }
  }

  private Bucket add(InetAddress source, long now) {
    if (buckets.size() >= MAX_SOURCES) {
      Iterator<InetAddress> oldest = buckets.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    Bucket bucket = new Bucket();
    bucket.tokens = 2 * perSecond(source, bucket);
    bucket.filledAt = now;
    buckets.put(source, bucket);
    return bucket;
  }

  /** All nodes of one machine share its loopback address, and nobody else can have it. */
  private static double perSecond(InetAddress source, Bucket bucket) {
    if (source.isLoopbackAddress()) {
      return 100 * MEMBER_PER_SECOND;
    }
    return bucket.member ? MEMBER_PER_SECOND : STRANGER_PER_SECOND;
  }
}
