package io.gossip.swim;

import io.gossip.membership.MembershipEvent;
import io.gossip.membership.MembershipEvent.Joined;
import io.gossip.membership.MembershipEvent.Restarted;
import io.gossip.membership.MembershipEvent.Updated;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of the current input, held back until it has been dealt with: a member whose record
 * and state come in one packet joins once, complete.
 */
final class Announcements {

  private final List<MembershipEvent> pending = new ArrayList<>();

  void add(MembershipEvent event) {
    if (event instanceof Updated update) {
      for (int i = pending.size() - 1; i >= 0; i--) {
        MembershipEvent earlier = pending.get(i);
        if (earlier.member().id().equals(update.member().id())) {
          if (absorb(i, earlier, update)) {
            return;
          }
          break;
        }
      }
    }
    pending.add(event);
  }

  void flush(Output output) {
    for (int i = 0; i < pending.size(); i++) {
      output.publish(pending.get(i));
    }
    pending.clear();
  }

  private boolean absorb(int index, MembershipEvent earlier, Updated update) {
    if (earlier instanceof Joined joined) {
      pending.set(index, new Joined(update.member(), joined.previous()));
    } else if (earlier instanceof Restarted restarted) {
      pending.set(index, new Restarted(update.member(), restarted.previous()));
    } else if (earlier instanceof Updated first) {
      pending.set(index, new Updated(update.member(), first.previous()));
    } else {
      return false;
    }
    return true;
  }
}
