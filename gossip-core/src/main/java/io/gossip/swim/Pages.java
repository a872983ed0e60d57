package io.gossip.swim;

import io.gossip.membership.MemberStatus;
import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message;
import io.gossip.wire.Message.Page;
import io.gossip.wire.PacketWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The members, page by page, for those who join: the whole view, as long as that takes no more than
 * a seed can be asked for. When a thousand start at once, most get a few members of it only, and
 * the rest from these: repair spreads over everybody what a seed alone would have to send.
 */
final class Pages {

  private static final int PAGE_BYTES = 32 * 1024;

  /** A seed's share of a mass start: this much in every second, and once more at the beginning. */
  private static final int BYTES_PER_SECOND_OF_A_SEED = 150_000;

  /** The share of others, whom busy seeds name. */
  private static final int BYTES_PER_SECOND = 16_000;

  private static final int SAMPLE = 8;
  private static final int USUAL_MEMBER_BYTES = 64;

  private final MembershipList list;
  private final PeerSelector selector;
  private final SwimStats stats;
  private final TokenBucket budgetOfASeed =
      new TokenBucket(BYTES_PER_SECOND_OF_A_SEED, BYTES_PER_SECOND_OF_A_SEED);
  private final TokenBucket budget = new TokenBucket(BYTES_PER_SECOND, BYTES_PER_SECOND);
  private long paged;
  private long bytesPaged;

  Pages(MembershipList list, PeerSelector selector, SwimStats stats) {
    this.list = list;
    this.selector = selector;
    this.stats = stats;
  }

  /**
   * Whether there is room to send one more joiner the whole view; if so, it is taken.
   *
   * @param isSeed whether this node is one of its own seeds, and so probably of everybody's
   */
  boolean beginWhole(long now, boolean isSeed) {
    long each = paged == 0 ? USUAL_MEMBER_BYTES : bytesPaged / paged;
    boolean whole =
        (isSeed ? budgetOfASeed : budget).take(now, (double) (each * list.activeCount()));
    if (!whole) {
      stats.add(Counter.JOINERS_SAMPLED);
    }
    return whole;
  }

  /** The page that follows the member of this handle. */
  List<Message> page(long after) {
    List<Message> page = new ArrayList<>();
    int bytes = 0;
    long last = after;
    boolean more = false;
    for (Peer peer : list.kept(after)) {
      if (!peer.isActive()) {
        continue;
      }
      if (bytes >= PAGE_BYTES) {
        more = true;
        break;
      }
      bytes += add(peer, page);
      last = peer.handle;
    }
    page.add(0, new Page(more ? last : 0));
    return page;
  }

  /** A few members at random, as the only page. */
  List<Message> sample() {
    List<Message> page = new ArrayList<>();
    page.add(new Page(0));
    int bytes = add(list.self(), page);
    List<Peer> some = selector.pick(SAMPLE, peer -> peer.status() == MemberStatus.ALIVE);
    for (int i = 0; i < some.size() && bytes < PAGE_BYTES; i++) {
      bytes += add(some.get(i), page);
    }
    return page;
  }

  private int add(Peer peer, List<Message> page) {
    int before = page.size();
    Comparison.record(peer, 0, Peer.STATE_RUMOR_BYTES, page);
    int bytes = 0;
    for (int i = before; i < page.size(); i++) {
      bytes += PacketWriter.sizeOf(page.get(i));
    }
    paged++;
    bytesPaged += bytes;
    return bytes;
  }
}
