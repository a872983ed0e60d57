package io.gossip;

import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;

/**
 * Is told what happens to the membership, in order, one call at a time, never on the node's I/O
 * thread.
 *
 * <p>A slow listener delays nobody but itself. When more than its queue holds is waiting, the
 * waiting events are dropped and {@link #onResync} is called instead.
 */
@FunctionalInterface
public interface MembershipListener {

  /**
   * Something happened.
   *
   * @param view the view right after it; {@link GossipNode#members()} may be newer already
   */
  void onEvent(MembershipEvent event, Membership view);

  /**
   * Events were dropped because this listener was slow; the next event follows on this view.
   *
   * @param dropped how many
   */
  default void onResync(Membership view, int dropped) {}
}
