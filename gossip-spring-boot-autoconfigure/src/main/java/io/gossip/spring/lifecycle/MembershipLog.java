package io.gossip.spring.lifecycle;

import io.gossip.MembershipListener;
import io.gossip.membership.Member;
import io.gossip.membership.Membership;
import io.gossip.membership.MembershipEvent;
import io.gossip.membership.NodeId;
import io.gossip.spring.batch.ChangeCounts;
import io.gossip.spring.batch.Gatherer;
import io.gossip.spring.batch.MemberChange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * One line in the log for each member that comes or goes, as long as these are few. What exceeds so
 * many lines in a second is counted, and told in one line a second later. That this node is
 * isolated, or its name taken, the node says itself.
 */
public final class MembershipLog implements MembershipListener, DisposableBean {

  /** Lines about members within a second. */
  static final int LINES_PER_SECOND = 10;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);

  private final LongSupplier nanoTime;
  private final Gatherer gatherer;
  private long secondBegan;
  private int lines;
  private int active;
  private ChangeCounts rest = new ChangeCounts();

  /** Has logged nothing yet. */
  public MembershipLog() {
    this(System::nanoTime, Duration.ofSeconds(1));
  }

  MembershipLog(LongSupplier nanoTime, Duration wait) {
    this.nanoTime = nanoTime;
    this.gatherer = new Gatherer("gossip-log", wait, wait, this::logRest);
    this.secondBegan = nanoTime.getAsLong() - SECOND;
  }

  @Override
  public void onEvent(MembershipEvent event, Membership view) {
    NodeId id = event.member().id();
    int members = view.members().size();
    if (event instanceof MembershipEvent.Suspected suspected) {
      log.debug("{} is suspected: {}", id, suspected.accusations());
    } else if (event instanceof MembershipEvent.Recovered) {
      log.debug("{} recovered", id);
    } else if (event instanceof MembershipEvent.ZoneUnreachable cut) {
      log.warn(
          "Zone {} is cut off: its {} members are kept, and used last",
          cut.zone(),
          cut.members().size());
    } else if (event instanceof MembershipEvent.ZoneReachable healed) {
      log.info(
          "Zone {} answers again: {} members are back", healed.zone(), healed.members().size());
    } else if (event instanceof MembershipEvent.Connected) {
      log.info("Connected to the cluster; {} members", members);
    } else if (isLogged(event) && mayLog(event, members)) {
      logMember(event, members);
    }
  }

  private static boolean isLogged(MembershipEvent event) {
    return event instanceof MembershipEvent.Joined
        || event instanceof MembershipEvent.Restarted
        || event instanceof MembershipEvent.Left
        || event instanceof MembershipEvent.Failed;
  }

  /** Whether the event has a line of its own; if not, it has been counted. */
  private synchronized boolean mayLog(MembershipEvent event, int members) {
    long now = nanoTime.getAsLong();
    if (rest.isEmpty() && now - secondBegan >= SECOND) {
      secondBegan = now;
      lines = 0;
    }
    if (lines < LINES_PER_SECOND) {
      lines++;
      return true;
    }
    MemberChange change = MemberChange.of(event);
    if (change != null) {
      rest.add(change);
      active = members;
      gatherer.touch();
    }
    return false;
  }

  private static void logMember(MembershipEvent event, int members) {
    NodeId id = event.member().id();
    if (event instanceof MembershipEvent.Joined joined) {
      log.info(
          "{} {} from {}; {} members",
          id,
          joined.isRestart() ? "restarted and joined" : "joined",
          place(joined.member()),
          members);
    } else if (event instanceof MembershipEvent.Restarted restarted) {
      log.info("{} restarted at {}; {} members", id, place(restarted.member()), members);
    } else if (event instanceof MembershipEvent.Left) {
      log.info("{} left; {} members", id, members);
    } else if (event instanceof MembershipEvent.Failed failed) {
      log.info("{} failed: {}; {} members", id, failed.reason(), members);
    }
  }

  private synchronized void logRest() {
    if (!rest.isEmpty()) {
      log.info("Besides, {}; {} members", rest, active);
      rest = new ChangeCounts();
      secondBegan = nanoTime.getAsLong();
      lines = 0;
    }
  }

  @Override
  public void onResync(Membership view, int dropped) {
    log.info("{} changes were too fast to log; {} members", dropped, view.members().size());
  }

  /** Logs what has been counted and not yet told. */
  @Override
  public void destroy() {
    gatherer.close();
    logRest();
  }

  private static String place(Member member) {
    return place(member.address());
  }

  private static String place(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
