package io.gossip.spring.lifecycle;

import io.gossip.MembershipListener;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each member that comes or goes. */
public final class MembershipLog implements MembershipListener {

  private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    NodeId id = event.member().id();
    int active = view.members().size();
    if (event instanceof MembershipEvent.Joined joined) {
      log.info(
          "{} {} from {}; {} members",
          id,
          joined.isRestart() ? "restarted and joined" : "joined",
          place(joined.member()),
          active);
    } else if (event instanceof MembershipEvent.Restarted restarted) {
      log.info("{} restarted at {}; {} members", id, place(restarted.member()), active);
    } else if (event instanceof MembershipEvent.Left) {
      log.info("{} left; {} members", id, active);
    } else if (event instanceof MembershipEvent.Failed failed) {
      log.info("{} failed: {}; {} members", id, failed.reason(), active);
    } else if (event instanceof MembershipEvent.Suspected suspected) {
      log.debug("{} is suspected: {}", id, suspected.accusations());
    } else if (event instanceof MembershipEvent.Recovered) {
      log.debug("{} recovered", id);
    } else if (event instanceof MembershipEvent.Isolated) {
      log.warn("No other member answers; keeping the last view of {} members", active);
    } else if (event instanceof MembershipEvent.Connected) {
      log.info("Connected to the cluster; {} members", active);
    } else if (event instanceof MembershipEvent.Conflict conflict) {
      log.error(
          "Another live process at {} bears the node id {}; this one no longer announces itself",
          place(conflict.other()),
          id);
    }
  }

  @Override
  public void onResync(Membership view, int dropped) {
    log.info("{} changes were too fast to log; {} members", dropped, view.members().size());
  }

  private static String place(Member member) {
    return place(member.address());
  }

  private static String place(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
