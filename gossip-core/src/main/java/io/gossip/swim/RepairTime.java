package io.gossip.swim;

import io.gossip.swim.SwimStats.Counter;
import io.gossip.wire.Message.Ping;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long the repairs take that this node begins: until its partner's view hash is its own. The
 * partner is asked behind what it is told, as records that are taken over need no answer. A repair
 * that has not got there when its time is over, or the next begins, has not brought the views
 * together; in a cluster where something always changes few do.
 */
final class RepairTime {

  private final MembershipList list;
  private final RandomGenerator random;
  private final SwimStats stats;
  private final long longest;
  private @Nullable Peer partner;
  private @Nullable Peer asked;
  private long begunAt;
  private long nonce;

  RepairTime(long longest, MembershipList list, RandomGenerator random, SwimStats stats) {
    this.longest = longest;
    this.list = list;
    this.random = random;
    this.stats = stats;
  }

  /** A repair with this member begins. */
  void begins(long now, Peer with) {
    if (partner != null) {
      ends(now, Counter.SYNCS_UNFINISHED);
    }
    partner = with;
    asked = with;
    begunAt = now;
    nonce = random.nextLong();
  }

  /** What to ask a member behind what it is told; {@code null} if no repair with it was begun. */
  @Nullable Ping question(Peer told) {
    return told == partner ? new Ping(nonce, told.handle) : null;
  }

  /** An answer, perhaps after the end; whether it was one to this. */
  boolean acked(long answered, Peer sender) {
    return sender == asked && answered == nonce;
  }

  /** All that a packet of a member says has been taken over. */
  void heard(long now, Peer sender) {
    if (partner == null) {
      return;
    }
    if (now - begunAt > longest) {
      ends(now, Counter.SYNCS_UNFINISHED);
    } else if (sender == partner && sender.viewHash() == list.viewHash()) {
      ends(now, Counter.SYNCS_FINISHED);
    }
  }

  private void ends(long now, Counter outcome) {
    partner = null;
    stats.add(outcome);
    stats.took(outcome, Math.min(longest, now - begunAt));
  }
}
