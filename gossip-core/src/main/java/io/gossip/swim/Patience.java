package io.gossip.swim;

import io.gossip.swim.SwimStats.Drop;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many verifications that fail are borne with: each costs this node far more than who makes up
 * a signature. A source that has brought too many is not looked at for a while.
 *
 * <p>Addresses can be forged, so what is proven and what is not are two sources, though they have
 * one address; and all that are not proven have a bound together, of which nothing that is proven
 * is taken. So who forges the addresses of all others can have none of their datagrams looked at,
 * but for answers to what this node asks, and streams. Both go on: who seems to have news is
 * {@linkplain #asks asked} for it, and views are compared {@linkplain #isSpentOn over a stream}.
 */
final class Patience {

  /** Failures of one source at once, and a second; honest ones bring none. */
  static final int EACH = 16;

  private static final int EACH_PER_SECOND = 2;

  /** The same of all that are not proven: what takes a core a thirtieth of its time. */
  static final int ALL = 128;

  private static final int ALL_PER_SECOND = 50;

  /** Questions to who seems to have news; each brings the news of an honest member. */
  private static final int ASKS_PER_SECOND = 16;

  private static final int MOST_SOURCES = 1_024;

  private final Source source;
  private final SwimStats stats;
  private final Output output;

  /** Of those that have brought something; the one that failed longest ago comes first. */
  private final Map<Source.Key, TokenBucket> failures = new LinkedHashMap<>();

  private final TokenBucket unproven = new TokenBucket(ALL, ALL_PER_SECOND);
  private final TokenBucket asks = new TokenBucket(ASKS_PER_SECOND, ASKS_PER_SECOND);

  Patience(Source source, SwimStats stats, Output output) {
    this.source = source;
    this.stats = stats;
    this.output = output;
  }

  /** What was heard now was not signed by whom it said. */
  void failed() {
    TokenBucket bucket = failures.remove(source.key());
    if (bucket == null) {
      bucket = new TokenBucket(EACH, EACH_PER_SECOND);
      if (failures.size() >= MOST_SOURCES) {
        Iterator<Source.Key> oldest = failures.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    failures.put(source.key(), bucket);
    bucket.spend(source.now(), 1);
    if (!source.key().proven()) {
      unproven.spend(source.now(), 1);
    }
  }

  /** Whether what is heard now is worth a verification; if not, that is counted and told. */
  boolean lasts() {
    boolean lasts = !isSpent(source.now(), source.key());
    if (!lasts) {
      stats.drop(Drop.UNCHECKED);
      output.refused(source.proven(), Misconduct.UNCHECKED, "");
    }
    return lasts;
  }

  /** Whether a member may be asked for what it seems to have said, so that it is proven. */
  boolean asks() {
    return source.proven() == null && asks.take(source.now(), 1);
  }

  /** Whether datagrams that seem to come from a member are not looked at. */
  boolean isSpentOn(long now, Peer member) {
    return isSpent(now, Source.claimed(member.address()));
  }

  private boolean isSpent(long now, Source.Key key) {
    if (failures.isEmpty()) {
      return false;
    }
    TokenBucket own = failures.get(key);
    return (own != null && isEmpty(now, own)) || (!key.proven() && isEmpty(now, unproven));
  }

  private static boolean isEmpty(long now, TokenBucket bucket) {
    return bucket.availableAt(now, 1) > now;
  }
}
