package io.gossip.spring.event;

import io.gossip.GossipNode;
import io.gossip.membership.Membership;
import io.gossip.spring.batch.MemberChange;
import io.gossip.spring.service.ServiceChange;
import io.gossip.spring.service.ServiceChangeSum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been told one by one and not yet together. Keeps members, not events: each event holds a
 * view of its own. Not thread-safe.
 */
final class Batch {

  private final int maxSize;
  private final ServiceChangeSum services = new ServiceChangeSum();
  private List<MemberChange> changes = new ArrayList<>();
  private @Nullable Membership view;

  Batch(int maxSize) {
    this.maxSize = maxSize;
  }

  void add(MemberChange change, Membership after) {
    changes.add(change);
    view = after;
  }

  void add(ServiceChange change, Membership after) {
    services.add(change);
    view = after;
  }

  boolean isFull() {
    return changes.size() >= maxSize;
  }

  /**
   * The event that tells it all; then begins anew.
   *
   * @return {@code null} if there is nothing to tell
   */
  @Nullable MembersChangedEvent take(GossipNode node) {
    Membership last = view;
    if (last == null) {
      return null;
    }
    List<MemberChange> all = changes;
    boolean cut = isFull();
    changes = new ArrayList<>();
    view = null;
    return new MembersChangedEvent(node, last, all, services.take(), cut);
  }
}
